//! Words of value: what customers are worth ahead, and how right the models were.

use super::{Format, Lang, Words};
use protocol::{Baseline, FitError, Predictor, SpendError, ValueBasis};

words! {
    (money: &str) equity_lead: "{money} from the customers you have", "现有客户预计带来 {money}";
    equity_rest: " is to be expected in the next 12 months.", "（未来 12 个月）。";
    (days: &str, orders: &str, net: &str) forecast_say: "In the next {days}: {orders} orders worth {net}, new customers included.", "未来 {days}：预计 {orders} 笔订单，金额 {net}（含新客）。";
    (share: &str, low: &str, high: &str) forecast_range_say: "{share} of past forecasts were off by no more: {low} to {high}.", "以往 {share} 的预测误差不超过此范围：{low} 至 {high}。";
    no_value_lead: "What customers will bring cannot be told yet.", "暂时无法预估客户未来价值。";
    value_pending: "Models are being fitted to the orders…", "正在根据订单拟合模型……";
    value_pending_text: "Several models are tried on the shop's own past, and the one that was right is kept. Everything else stays usable meanwhile.", "将在店铺自身的历史上试用多个模型，保留预测准确的一个。期间其他功能可正常使用。";
    (detail: &str) value_failed: "Fitting has stopped: {detail}. It is tried again with the next change of the data.", "拟合已中止：{detail}。数据变化后会重试。";

    deciles_title: "Tenths of customers by value", "按价值十等分";
    deciles_note: "What each tenth is expected to bring in the next 12 months, the most valuable first.", "每十分之一客户未来 12 个月的预期贡献，从高到低。";
    decile_word: "Tenth", "十分位";
    (nth: &str) decile_nth: "{nth}", "第 {nth} 组";
    decile_table_title: "Who is in each tenth", "各十分位的客户";
    decile_table_note: "Tenths are of the same size, give or take one. The number leads to the customers.", "各组人数相同（相差不超过 1），点击人数查看名单。";
    (nth: &str) decile_name: "Tenth {nth}", "价值第 {nth} 组";
    decile_kind: "Tenth by value", "价值十分位";
    no_decile: "No value known", "价值未知";
    least_value: "Least", "最低";
    greatest_value: "Greatest", "最高";
    share_of_equity: "Share of the value", "价值占比";
    value_by_channel: "Value by first channel", "按首单渠道的价值";
    value_by_product: "Value by first product", "按首购商品的价值";
    value_each: "Each", "人均";
    value_ahead: "Expected in 12 months", "未来 12 个月预期";
    (nth: &str) value_ahead_why: "tenth {nth} of 10 by value, by the model of the whole shop", "价值第 {nth} 组（共 10 组），按全店模型";
    orders_ahead: "Expected orders, 90 days", "未来 90 天预期订单";
    (share: &str) alive_why: "{share} chance not to have left for good: a detail of the model, no promise", "未永久流失的概率 {share}：仅为模型参考";
    expected_value: "Expected value", "预期价值";
    forecast_title: "What is to be expected", "预期";
    ahead_word: "Next", "未来";
    known_orders: "Known customers’ orders", "现有客户订单";
    new_orders: "New customers’", "新客订单";
    net_ahead: "Net revenue", "净销售额";
    range_word: "Range", "范围";
    (low: &str, high: &str) range_of: "{low} – {high}", "{low} – {high}";

    models_title: "How right the models were", "模型有多准";
    (calibrated: &str, until: &str) models_note: "Each saw the orders until {calibrated} and predicted those until {until}, which it had not seen.", "各模型只看到 {calibrated} 之前的订单，并预测其未见过的、截至 {until} 的订单。";
    model_word: "Model", "模型";
    predicted_word: "Predicted", "预测";
    bias_word: "Off by", "偏差";
    mae_word: "Mean error", "平均误差";
    auc_word: "Tells who comes back (AUC)", "区分能力（AUC）";
    top_tenth: "Purchases of the best tenth", "前十分之一的购买占比";
    chosen_word: "in use", "采用";
    (n: &str) all_models: "All {n}", "全部 {n}";
    best_models: "The best", "仅最佳";
    rule_word: "rule of thumb", "经验法则";
    (actual: &str) actual_say: "{actual} purchases came.", "实际发生 {actual} 次购买。";
    (name: &str) chosen_say: "{name} is in use: of the models that beat every rule of thumb it was closest.", "采用 {name}：在优于所有经验法则的模型中误差最小。";
    none_chosen_say: "No model beats every rule of thumb both in its squared errors and in the chances that it gives (Brier score), so none is used.", "没有模型在平方误差和概率评分（Brier）两方面都优于所有经验法则，因此不采用任何模型。";
    path_title: "Purchases week by week", "逐周购买";
    path_note: "Repeat purchases since the beginning, as they came and as the model expects them. It saw those before the held-out stretch only.", "自起始以来的复购次数：实际与模型预期。模型只看到留出期之前的数据。";
    actual_word: "Actual", "实际";
    expected_word: "Expected", "预期";
    repeats_title: "By purchases so far", "按已有购买次数";
    repeats_note: "Mean purchases in the held-out stretch of customers with so many repeats before.", "按此前复购次数分组，留出期内的人均购买次数。";
    repeats_word: "Repeats before", "此前复购";
    capture_title: "Purchases that the best customers made", "最佳客户的购买占比";
    capture_note: "Customers by what was predicted of them, the greatest first: of all purchases in the held-out stretch, the share that the best tenth, two tenths and so on made. The further above the diagonal, the better the order.", "按预测值从高到低排列客户：留出期内全部购买中，前 10%、前 20% 等客户所占的比例。曲线越高于对角线，排序越准。";
    capture_across: "Customers by prediction", "按预测排列的客户";
    capture_up: "Purchases", "购买";
    capture_by_chance: "any order", "随机排序";
    details: "For those who know: parameters", "模型参数（供专业人士）";
    parameters_note: "Fitted to all orders up to the day; times in weeks. In brackets: standard errors.", "拟合至当日的全部订单；时间单位为周。括号内为标准误。";
    (value: &str) likelihood_say: "Log-likelihood {value}", "对数似然 {value}";
    spend_word: "Spend per purchase (Gamma-Gamma)", "单次消费（Gamma-Gamma）";
    not_leaving: "No customer is seen to leave for good: that all stay is no finding.", "数据中看不出客户永久流失：不能据此断定客户都会留下。";
    (found: &str, needed: &str) fit_too_few: "Only {found} customers came back; {needed} are needed.", "只有 {found} 位客户再次购买，至少需要 {needed} 位。";
    fit_nobody: "Nobody has bought anything up to this day.", "截至该日没有任何购买。";
    fit_no_time: "All first purchases are too recent: nobody has had the time to come back.", "首次购买均太近：客户还没有时间再次购买。";
    fit_none: "The models find no fit to these orders.", "模型无法拟合这些订单。";
    basis_equal_age: "Values rest on what customers who have been here longer spent at the same age.", "价值依据入店更久的客户在相同时长内的消费。";
    basis_mean: "Spend per purchase is the mean of each customer's past.", "单次消费取各客户历史均值。";
}

impl Words {
    /// Why no model could be fitted.
    pub fn fit_error(self, error: FitError) -> String {
        let f = Format::of(self);
        match error {
            FitError::NoCustomers => self.fit_nobody().to_owned(),
            FitError::NoTime => self.fit_no_time().to_owned(),
            FitError::TooFewRepeatBuyers { found, needed } => {
                self.fit_too_few(&f.count(found as f64), &f.count(needed as f64))
            }
            FitError::RegularityUnknown { .. } | FitError::NoLikelihood { .. } => {
                self.fit_none().to_owned()
            }
        }
    }

    /// Why the spend of customers is their plain mean.
    pub fn spend_error(self, error: SpendError) -> String {
        let f = Format::of(self);
        match error {
            SpendError::TooFewRepeatBuyers { found, needed } => {
                self.fit_too_few(&f.count(found as f64), &f.count(needed as f64))
            }
            SpendError::NoLikelihood | SpendError::NoMean => self.fit_none().to_owned(),
        }
    }

    /// Name of a model or rule: models by the literature's name in both languages.
    pub fn predictor(self, predictor: Predictor) -> String {
        let rule = match predictor {
            Predictor::Baseline(rule) => rule,
            Predictor::Model { adjusted, .. } if self.lang == Lang::Zh => {
                let season = if adjusted.season { " + 季节" } else { "" };
                let drift = if adjusted.drift { " + 趋势" } else { "" };
                let plain = predictor.name();
                let plain = plain.split(" + ").next().unwrap_or_default();
                return format!("{plain}{season}{drift}");
            }
            Predictor::Model { .. } => return predictor.name(),
        };
        match (self.lang, rule) {
            (Lang::En, Baseline::Zero) => "Nobody buys".to_owned(),
            (Lang::En, Baseline::StatusQuo) => "All go on as before".to_owned(),
            (Lang::En, Baseline::Hiatus { .. }) => "Who is silent for long is gone".to_owned(),
            (Lang::Zh, Baseline::Zero) => "无人再买".to_owned(),
            (Lang::Zh, Baseline::StatusQuo) => "照旧购买".to_owned(),
            (Lang::Zh, Baseline::Hiatus { .. }) => "久未购买即流失".to_owned(),
        }
    }

    /// What values rest on, where it is not both models.
    pub const fn value_basis(self, basis: ValueBasis) -> &'static str {
        match basis {
            ValueBasis::Model | ValueBasis::Nothing => "",
            ValueBasis::ModelAndMeanSpend => self.basis_mean(),
            ValueBasis::EqualAge => self.basis_equal_age(),
        }
    }
}
