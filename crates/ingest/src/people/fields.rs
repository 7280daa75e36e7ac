//! What columns of files about people mean: roles that they share with files of orders, and fields that
//! no file of orders has.

use crate::platforms::Platform;
use crate::role::Role;

/// Headers of one kind of file, in normal form, the preferred first.
pub(super) struct Headers {
    pub roles: &'static [(Role, &'static [&'static str])],
    pub fields: &'static [(Role, &'static [&'static str])],
    /// What is known, and of no use here.
    pub passed: &'static [&'static str],
    /// Roles for which the headers of order files are understood too.
    pub as_in_orders: &'static [Role],
}

/// Which columns a file about people has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    of: Vec<(Role, usize)>,
    /// Columns that are known, and of no use.
    passed: Vec<usize>,
}

impl Fields {
    /// No column.
    pub const fn none() -> Fields {
        Fields { of: Vec::new(), passed: Vec::new() }
    }

    /// The column of a field.
    pub fn column(&self, field: Role) -> Option<usize> {
        self.of.iter().find(|it| it.0 == field).map(|it| it.1)
    }

    /// Whether a field has a column.
    pub fn has(&self, field: Role) -> bool {
        self.column(field).is_some()
    }

    /// How many of these have a column.
    pub fn count(&self, fields: &[Role]) -> usize {
        fields.iter().filter(|&&field| self.has(field)).count()
    }

    /// Gives a field a column.
    pub fn add(&mut self, field: Role, column: usize) {
        self.of.push((field, column));
    }

    /// Has the column of a field mean another.
    pub fn rename(&mut self, field: Role, other: Role) {
        self.of.iter_mut().filter(|it| it.0 == field).for_each(|it| it.0 = other);
    }

    /// Whether a column has a meaning here.
    pub fn takes(&self, column: usize) -> bool {
        self.passed.contains(&column) || self.of.iter().any(|it| it.1 == column)
    }

    /// Every field with its column.
    pub fn pairs(&self) -> &[(Role, usize)] {
        &self.of
    }
}

impl Headers {
    /// Which column of these `names` means what.
    pub fn map(&self, names: &[String]) -> (Vec<(Role, usize)>, Fields) {
        let (mut roles, mut fields) = (Vec::new(), Fields::default());
        let mut taken = vec![false; names.len()];
        let mut free = |header: &str| {
            let mut columns = names.iter().enumerate();
            let at = columns.find(|&(at, name)| name == header && !taken[at])?.0;
            taken[at] = true;
            Some(at)
        };
        for &(role, headers) in self.roles {
            let found = headers.iter().filter_map(|header| free(header));
            let most = if role.takes_several() { usize::MAX } else { 1 };
            roles.extend(found.take(most).map(|at| (role, at)));
        }
        for &(field, headers) in self.fields {
            let found = headers.iter().filter_map(|header| free(header));
            fields.of.extend(found.take(1).map(|at| (field, at)));
        }
        fields.passed.extend(self.passed.iter().filter_map(|header| free(header)));
        for &role in self.as_in_orders {
            let is_open = role.takes_several() || !roles.iter().any(|it| it.0 == role);
            let found = in_orders(role).iter().filter_map(|header| free(header));
            let most = if role.takes_several() { usize::MAX } else { usize::from(is_open) };
            roles.extend(found.take(most).map(|at| (role, at)));
        }
        (roles, fields)
    }

    /// Whether a cell in normal form is such a header.
    pub fn knows(&self, cell: &str) -> bool {
        let own =
            self.fields.iter().flat_map(|it| it.1).chain(self.roles.iter().flat_map(|it| it.1));
        let own = own.chain(self.passed);
        own.into_iter().any(|header| *header == cell)
    }
}

/// Headers that mean a role in any table of orders.
fn in_orders(role: Role) -> &'static [&'static str] {
    let columns = Platform::of_columns(&[]).profile().columns;
    columns.iter().find(|it| it.0 == role).map_or(&[], |it| it.1)
}

const PERSON: &[Role] = &[
    Role::Email,
    Role::Phone,
    Role::FirstName,
    Role::LastName,
    Role::Name,
    Role::City,
    Role::Region,
    Role::Country,
];

const MEMBER: &[&str] = &[
    "customerid",
    "recordid",
    "klaviyoid",
    "squarecustomerid",
    "memberid",
    "memberno",
    "membernumber",
    "membershipnumber",
    "customernumber",
    "customerno",
    "customercode",
    "userid",
    "username",
    "loyaltyid",
    "clientid",
    "openid",
    "unionid",
    "会员号",
    "会员编号",
    "会员名",
    "会员id",
    "会员卡号",
    "客户编号",
    "客户id",
    "客户号",
    "用户id",
    "用户名",
    "kundennummer",
];

#[rustfmt::skip]
pub(super) const CONTACTS: Headers = Headers {
    roles: &[
        (Role::Member, MEMBER),
        (Role::Email, &["email", "email1value", "email2value", "email3value", "email4value", "primaryemail", "additionalemailaddresses"]),
        (Role::Phone, &["phone", "phone1value", "phone2value", "phone3value", "phone4value", "primaryphone", "smsphonenumber", "mobilephonenumber", "defaultaddressphone"]),
        (Role::FirstName, &["firstname", "givenname"]),
        (Role::LastName, &["lastname", "familyname", "surname"]),
        (Role::City, &["defaultaddresscity", "address1city"]),
        (Role::Region, &["defaultaddressprovincecode", "provincecode", "address1region", "state/region"]),
        (Role::Country, &["defaultaddresscountrycode", "countrycode", "address1country", "country/region", "cc"]),
        (Role::Tags, &["tags", "labels", "groupmembership", "groups", "lists", "segments", "标签", "客户标签", "分组", "会员标签"]),
    ],
    fields: &[
        (Role::Company, &["company", "companyname", "organization", "organizationname", "organisation", "organization1name", "associatedcompany", "defaultaddresscompany", "employer", "公司", "公司名称", "单位", "工作单位", "firma", "société", "empresa"]),
        (Role::Birthday, &["birthday", "birthdate", "dateofbirth", "dob", "bday", "生日", "出生日期", "geburtstag", "geburtsdatum"]),
        (Role::Note, &["note", "notes", "memo", "comments", "remark", "remarks", "备注", "说明", "客户备注", "notiz", "notizen"]),
        (Role::EmailConsent, &["acceptsemailmarketing", "acceptsmarketing", "emailmarketingconsent", "emailmarketingstatus", "emailsubscriberstatus", "emailsubscriptionstatus", "emailconsent", "emailoptin", "marketingemailconfirmationstatus", "subscribed", "subscriptionstatus", "newsletter", "optin", "marketingconsent", "邮件订阅", "是否订阅", "接受邮件营销"]),
        (Role::EmailConsentAt, &["confirmtime", "emailmarketingconsenttimestamp", "emailconsentat", "consentdate", "optintime", "unsubtime", "optindate", "订阅时间"]),
        (Role::SmsConsent, &["acceptssmsmarketing", "smsmarketingconsent", "smsmarketingstatus", "smsconsent", "smsoptin", "smssubscriberstatus", "短信订阅", "接受短信营销"]),
        (Role::Since, &["createdate", "createdat", "created", "datecreated", "dateadded", "dateregistered", "registered", "registeredat", "registrationdate", "signup", "signupdate", "joined", "joindate", "joinedat", "membersince", "customersince", "since", "firstvisit", "firstseen", "profilecreatedon", "注册时间", "注册日期", "创建时间", "建档时间", "入会时间", "成为会员时间"]),
        (Role::ClaimedOrders, &["totalorders", "orders", "orderscount", "ordercount", "numberoforders", "transactioncount", "historicnumberoforders", "订单数", "订单数量", "购买次数", "交易笔数", "成交笔数"]),
        (Role::ClaimedSpent, &["totalspent", "totalspend", "amountspent", "lifetimespend", "lifetimevalue", "moneyspent", "ltv", "累计消费", "累计消费金额", "消费总额", "交易总额"]),
    ],
    passed: &["memberrating", "euid", "leid", "optinip", "confirmip", "lastchanged", "taxexempt", "leadstatus", "lifecyclestage", "contactowner", "phoneticfirstname", "fileas", "photo", "lastactive", "aov", "instantprofile?", "creationsource", "email1label", "phone1label", "email1type", "phone1type"],
    as_in_orders: PERSON,
};

#[rustfmt::skip]
pub(super) const RESPONSES: Headers = Headers {
    roles: &[
        (Role::OrderNumber, ORDER),
        (Role::OrderedAt, &["submitdate", "reviewanswertimestamp", "reviewcreationdate", "submittedat", "submitted", "respondedat", "responsedate", "answeredat", "answered", "completedat", "completed", "enddate", "createdat", "created", "date", "time", "timestamp", "datetime", "startdate", "提交时间", "提交答卷时间", "答题时间", "填写时间", "评价时间", "评价日期", "时间", "日期"]),
        (Role::Member, &["customerid", "memberid", "userid", "username", "customernick", "nick", "会员名", "会员号", "会员昵称", "用户id", "昵称"]),
    ],
    fields: &[
        (Role::ResponseNumber, &["respondentid", "responseid", "reviewid", "#", "id", "答卷编号", "序号"]),
        (Role::Survey, &["survey", "surveyname", "collectorid", "campaign", "问卷", "问卷名称"]),
        (Role::SurveyType, &["surveytype", "type"]),
        (Role::Overall, &["overall", "csat", "csatscore", "satisfaction", "overallsatisfaction", "rating", "stars", "reviewscore", "满意度", "总体满意度", "整体满意度", "综合评分", "评分", "星级"]),
        (Role::Nps, &["nps", "npsscore", "recommend", "likelihoodtorecommend", "推荐意愿", "推荐分", "推荐度"]),
        (Role::Ces, &["ces", "cesscore", "effort", "effortscore", "ease", "customereffort", "费力度", "便捷度", "轻松度"]),
        (Role::Score, &["score", "answer", "分数", "得分"]),
        (Role::Comment, &["comment", "comments", "feedback", "verbatim", "why?", "why", "reason", "review", "reviewcommentmessage", "评论", "评价", "评价内容", "意见", "建议", "留言", "反馈", "原因"]),
    ],
    passed: &["networkid", "reviewcommenttitle", "reviewcreationdate", "ipaddress", "startdate", "enddate", "customdata1", "customdata", "tags", "language", "platform", "用时", "来源", "来源详情", "来自ip"],
    as_in_orders: &[Role::Email, Role::Phone, Role::FirstName, Role::LastName, Role::Name],
};

#[rustfmt::skip]
pub(super) const TICKETS: Headers = Headers {
    roles: &[
        (Role::OrderNumber, ORDER),
        (Role::OrderedAt, &["openedat", "opened", "createdat", "created", "startedat", "receivedat", "opentime", "starttime", "creationdate", "createdate", "date", "time", "咨询时间", "创建时间", "开始时间", "接入时间", "受理时间", "时间"]),
        (Role::Member, &["customernick", "nick", "nickname", "customerid", "memberid", "username", "userid", "买家昵称", "客户昵称", "会员名", "会员号", "旺旺", "旺旺号", "昵称"]),
        (Role::Channel, &["channel", "source", "via", "medium", "渠道", "来源", "咨询渠道", "接入渠道"]),
        (Role::Email, &["requesteremail", "contactemail", "fromemail", "from"]),
        (Role::Phone, &["requesterphone", "callernumber", "caller"]),
    ],
    fields: &[
        (Role::TicketNumber, &["ticketid", "ticketnumber", "ticketno", "ticket#", "ticket", "conversationid", "caseid", "casenumber", "caseno", "sessionid", "id", "#", "工单号", "工单编号", "会话id", "会话编号", "单号"]),
        (Role::Replied, &["firstreplyat", "firstreply", "firstresponseat", "firstresponse", "firstresponsetime", "firstrepliedat", "repliedat", "首次回复时间", "首次响应时间", "回复时间"]),
        (Role::Closed, &["closedat", "closed", "resolvedat", "resolved", "solvedat", "solved", "endedat", "endtime", "closetime", "closedate", "结束时间", "关闭时间", "解决时间", "完结时间"]),
        (Role::Phase, &["phase", "stage", "阶段", "咨询阶段", "服务阶段"]),
        (Role::Category, &["category", "issue", "issuetype", "tickettype", "type", "topic", "reason", "问题类型", "问题分类", "咨询类型", "工单类型", "分类", "类型"]),
        (Role::Agent, &["agent", "assignee", "handledby", "staff", "agentname", "owner", "客服", "客服昵称", "客服人员", "受理人", "处理人", "接待客服"]),
        (Role::Csat, &["csat", "satisfaction", "satisfactionscore", "satisfactionrating", "rating", "score", "满意度", "评分", "服务评分"]),
        (Role::Text, &["text", "message", "subject", "description", "body", "content", "summary", "内容", "消息", "描述", "问题描述", "主题", "咨询内容"]),
    ],
    passed: &[],
    as_in_orders: &[Role::Email, Role::Phone],
};

#[rustfmt::skip]
pub(super) const EVENTS: Headers = Headers {
    roles: &[
        (Role::OrderedAt, &["time", "timestamp", "datetime", "occurredat", "eventtime", "eventat", "eventdate", "eventtimestamp", "createdat", "created", "date", "at", "时间", "事件时间", "发生时间", "访问时间", "日期"]),
        (Role::Email, &["customer", "customerkey", "user", "who"]),
        (Role::Member, &["customerid", "memberid", "userid", "username", "visitorid", "clientid", "anonymousid", "distinctid", "会员号", "会员名", "用户id", "访客id"]),
    ],
    fields: &[
        (Role::Action, &["event", "eventname", "eventtype", "action", "activity", "metric", "事件", "事件名称", "行为", "行为类型", "动作"]),
        (Role::Subject, &["subject", "object", "item", "itemname", "product", "productname", "sku", "page", "pageurl", "url", "path", "query", "keyword", "keywords", "searchterm", "term", "对象", "商品", "商品名称", "页面", "关键词", "搜索词"]),
    ],
    passed: &[],
    as_in_orders: &[Role::Email, Role::Phone],
};

#[rustfmt::skip]
pub(super) const SUMMARIES: Headers = Headers {
    roles: &[
        (Role::Member, MEMBER),
        (Role::Currency, &["currency", "currencycode", "币种", "货币"]),
    ],
    fields: &[
        (Role::SummaryDay, &["asofdate", "asof", "snapshotdate", "统计日期", "截止日期", "统计截止日期"]),
        (Role::FirstDay, &["firstorderdate", "firstpurchasedate", "firstorderday", "首单日期", "首次下单日期", "首次购买日期"]),
        (Role::LastDay, &["lastorderdate", "lastpurchasedate", "lastorderday", "末单日期", "最近下单日期", "最近购买日期"]),
        (Role::OrderCount, &["orders", "ordercount", "orderscount", "validorders", "订单数", "订单数量", "有效订单数"]),
        (Role::PurchaseDays, &["purchasedays", "orderdays", "购买天数", "下单天数"]),
        (Role::Net, &["net", "netamount", "netsales", "净额", "累计净额", "净销售额"]),
        (Role::FirstDayNet, &["firstdaynet", "firstdaynetamount", "首日净额", "首日净销售额"]),
        (Role::OrderGaps, &["ordergaps", "purchasegaps", "下单间隔", "订单间隔", "购买间隔"]),
    ],
    passed: &[],
    as_in_orders: &[Role::Email, Role::Phone, Role::Name],
};

/// Numbers of the order that a row is about.
#[rustfmt::skip]
const ORDER: &[&str] = &[
    "orderno", "ordernumber", "orderid", "order", "ordernr", "order#", "orderref",
    "orderreference", "ordername", "订单号", "订单编号", "订单", "关联订单", "关联订单号",
    "bestellnummer", "commande", "pedido",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::normal_form;

    #[test]
    fn every_header_is_in_normal_form() {
        for headers in [CONTACTS, RESPONSES, TICKETS, EVENTS, SUMMARIES] {
            let roles = headers.roles.iter().flat_map(|it| it.1);
            for header in
                roles.chain(headers.fields.iter().flat_map(|it| it.1)).chain(headers.passed)
            {
                assert_eq!(normal_form(header), *header);
            }
        }
    }
}
