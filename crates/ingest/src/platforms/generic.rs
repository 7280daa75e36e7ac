//! Any other table of orders: the column names in use in English, Chinese and a few more languages.

use super::Profile;
use crate::role::Role;

#[rustfmt::skip]
pub(super) const PROFILE: Profile = Profile {
    id: "generic",
    name: "CSV",
    columns: &[
        (Role::OrderNumber, ORDER_NUMBER),
        (Role::OrderedAt, ORDERED_AT),
        (Role::PaidAt, PAID_AT),
        (Role::TimeOfDay, TIME_OF_DAY),
        (Role::TimeZone, &["timezone", "tz", "zone", "utcoffset", "时区", "zeitzone"]),
        (Role::Total, TOTAL),
        (Role::Refunded, REFUNDED),
        (Role::Discount, DISCOUNT),
        (Role::Currency, &[
            "currency", "currencycode", "ordercurrency", "币种", "货币", "währung", "devise",
            "moneda",
        ]),
        (Role::Status, STATUS),
        (Role::FulfilmentStatus, &[
            "fulfillmentstatus", "fulfilmentstatus", "shippingstatus", "deliverystatus",
            "发货状态", "物流状态",
        ]),
        (Role::CancelledAt, &[
            "cancelledat", "canceledat", "cancelleddate", "canceleddate", "取消时间",
        ]),
        (Role::Channel, &[
            "channel", "saleschannel", "source", "ordersource", "orderchannel", "渠道",
            "销售渠道", "订单来源", "订单渠道", "来源", "kanal",
        ]),
        (Role::PaymentMethod, &[
            "paymentmethod", "paymentmethodtitle", "payment", "gateway", "支付方式", "付款方式",
            "zahlungsart",
        ]),
        (Role::Tags, &["tags", "ordertags", "标签", "订单标签"]),
        (Role::Email, EMAIL),
        (Role::Phone, PHONE),
        (Role::Member, MEMBER),
        (Role::Name, NAME),
        (Role::FirstName, FIRST_NAME),
        (Role::LastName, LAST_NAME),
        (Role::City, &[
            "city", "billingcity", "city(billing)", "shippingcity", "shipcity", "town", "城市",
            "市", "收货城市", "stadt", "ort", "ville", "ciudad",
        ]),
        (Role::Region, &[
            "region", "state", "province", "billingstate", "billingprovince",
            "statecode(billing)", "shippingstate", "shippingprovince", "shipstate", "省", "省份",
            "收货省份", "bundesland",
        ]),
        (Role::Country, &[
            "country", "countrycode", "billingcountry", "countrycode(billing)",
            "shippingcountry", "shipcountry", "国家", "国家/地区", "land", "pays", "país",
        ]),
        (Role::ProductName, &[
            "productname", "product", "item", "itemname", "lineitemname", "description",
            "商品名称", "商品", "商品标题", "宝贝标题", "全部商品名称", "选购商品", "artikel",
            "produkt", "produit", "producto",
        ]),
        (Role::Sku, &[
            "sku", "productsku", "lineitemsku", "stockcode", "productid", "itemid", "itemnumber",
            "商品编码", "商家编码", "商品id", "货号", "artikelnummer",
        ]),
        (Role::Quantity, &[
            "quantity", "qty", "count", "units", "lineitemquantity", "数量", "商品数量",
            "订购数量", "件数", "宝贝总数量", "menge", "anzahl", "quantité", "cantidad",
        ]),
        (Role::UnitPrice, &[
            "unitprice", "price", "itemprice", "itemcost", "lineitemprice", "单价", "商品单价",
            "京东价", "einzelpreis", "preis", "prix", "precio",
        ]),
    ],
    test_payments: &["bogus"],
    test_tags: &["test"],
    ..Profile::PLAIN
};

#[rustfmt::skip]
const ORDER_NUMBER: &[&str] = &[
    "orderid", "ordernumber", "orderno", "order", "ordernr", "order#", "ordernum", "ordername",
    "invoiceno", "invoicenumber", "invoiceid", "invoice", "transactionid", "receiptnumber",
    "saleid", "订单编号", "订单号", "主订单编号", "主订单号", "订单id", "订单", "单号", "交易号",
    "bestellnummer", "bestellnr", "bestellung", "auftragsnummer", "rechnungsnummer",
    "numérodecommande", "commande", "númerodepedido", "pedido",
    "ordercode", "orderref", "orderreference", "ordernumberformatted", "reference", "referenceno",
    "referencenumber", "ref", "receipt", "receiptno", "receiptid", "receipt#", "ticket",
    "ticketno", "ticketnumber", "salesorder", "salesorder#", "salesordernumber", "saleno",
    "salenumber", "purchaseid", "purchaseorder", "confirmationnumber", "checkoutid",
    "transactionno", "transactionnumber", "transaction", "documentno", "documentnumber", "billno",
    "billnumber", "订单序列号", "流水号", "订单流水号", "交易单号", "交易编号", "交易订单号",
    "平台订单号", "平台单号", "原始单号", "外部订单号", "销售单号", "单据编号", "单据号",
    "小票号", "票号",
];

#[rustfmt::skip]
const ORDERED_AT: &[&str] = &[
    "orderedat", "orderdate", "ordertime", "orderdatetime", "createdat", "createddate",
    "datecreated", "created", "purchasedate", "purchasedat", "placedat", "saledate",
    "invoicedate", "transactiondate", "datetime", "timestamp", "date", "time", "下单日期",
    "订单日期", "下单时间", "订单创建时间", "订单提交时间", "创建时间", "订单时间",
    "订单成交时间", "purchasetime", "transactiontime", "createdtime", "成交时间", "交易时间",
    "购买时间", "日期", "时间", "bestelldatum", "datum",
    "datedecommande", "fecha",
    "day", "orderday", "orderedon", "orderplaced", "orderplacedat", "orderdate/time", "date/time",
    "dateandtime", "dateoforder", "dateordered", "placedon", "placeddate", "purchasedon",
    "dateofpurchase", "purchasedatetime", "saledatetime", "salesdate", "soldon", "dateofsale",
    "transactiondatetime", "createdon", "createtime", "creationdate", "submittedat",
    "checkouttime", "checkoutdate", "成交日期", "交易日期", "购买日期", "创建日期", "提交时间",
    "订单创建日期", "订单生成时间", "拍下时间", "消费时间", "消费日期", "销售时间", "销售日期",
    "开单时间", "开单日期", "业务日期", "单据日期",
];

#[rustfmt::skip]
const TIME_OF_DAY: &[&str] = &[
    "time", "ordertime", "timeofday", "saletime", "purchasetime", "transactiontime",
    "invoicetime", "createdtime", "时间", "下单时间", "订单时间", "交易时间", "uhrzeit", "zeit",
    "heure", "hora",
];

#[rustfmt::skip]
const PAID_AT: &[&str] = &[
    "paidat", "paiddate", "datepaid", "paymentdate", "paymentsdate", "订单付款时间",
    "买家付款时间", "付款时间", "支付时间", "付款日期",
    "paidon", "paidtime", "paymenttime", "paymentdatetime", "paytime", "paydate", "支付日期",
    "支付完成时间", "付款确认时间", "订单支付时间", "订单付款日期", "收款时间", "收款日期",
];

#[rustfmt::skip]
const TOTAL: &[&str] = &[
    "total", "ordertotal", "totalprice", "totalamount", "grandtotal", "orderamount", "amount",
    "totalpaid", "amountpaid", "paidamount", "ordertotalamount", "ordervalue", "netsales",
    "revenue", "sales", "gross", "value", "买家实际支付金额", "商家实收金额", "用户实付金额",
    "订单实付金额", "实付金额", "实付款", "实付", "支付金额", "付款金额", "订单应付金额",
    "应付金额", "订单金额", "订单总额", "订单总金额", "总金额", "总价", "金额", "betrag",
    "gesamtbetrag", "summe", "gesamt", "montant", "importe",
    "sum", "totalsum", "totalvalue", "totalsales", "totalrevenue", "totalorderamount",
    "totalordervalue", "orderprice", "orderamounttotal", "ordertotalprice", "ordersum",
    "amounttotal", "amountreceived", "paymentamount", "paymenttotal", "nettotal", "netamount",
    "grossamount", "grosssales", "grosstotal", "saleamount", "salesamount", "saletotal",
    "salestotal", "invoicetotal", "invoiceamount", "transactionamount", "purchaseamount",
    "purchasetotal", "finalprice", "finalamount", "amountdue", "turnover", "grandtotal(base)",
    "买家实付", "买家实付金额", "用户实付", "实际支付", "实际支付金额", "实际付款", "实付总额",
    "实付总金额", "实收", "实收金额", "实收款", "支付总额", "付款总额", "成交金额", "成交额",
    "交易金额", "交易额", "销售额", "销售金额", "消费金额", "结算金额", "收款金额", "订单价格",
    "订单总价", "订单应付", "应付总额", "应付款", "应付", "总付款", "总额", "总计", "合计",
];

#[rustfmt::skip]
const REFUNDED: &[&str] = &[
    "refunded", "refundedamount", "amountrefunded", "refundamount", "refund", "refunds",
    "totalrefunded", "orderrefundamount", "退款金额", "买家退款金额", "退款", "已退款金额",
    "erstattung", "erstattet", "remboursement", "reembolso",
    "refundedtotal", "refundtotal", "refundsamount", "退款额", "退款总额", "退货金额", "实退金额",
];

#[rustfmt::skip]
const DISCOUNT: &[&str] = &[
    "discount", "discounts", "discountamount", "totaldiscount", "totaldiscounts",
    "cartdiscountamount", "优惠金额", "折扣", "折扣金额", "优惠", "rabatt", "remise",
    "descuento",
];

#[rustfmt::skip]
const STATUS: &[&str] = &[
    "financialstatus", "paymentstatus", "orderstatus", "status", "订单状态", "支付状态",
    "交易状态", "状态", "售后状态", "statut", "estado",
    "orderstate", "transactionstatus", "salestatus", "付款状态", "订单支付状态",
];

#[rustfmt::skip]
const EMAIL: &[&str] = &[
    "email", "customeremail", "emailaddress", "customeremailaddress", "buyeremail",
    "billingemail", "email(billing)", "contactemail", "mail", "useremail", "邮箱", "电子邮箱",
    "电子邮件", "客户邮箱", "买家邮箱", "emailadresse", "courriel", "correo",
    "correoelectrónico",
    "customermail", "buyermail", "clientemail", "memberemail", "emailid", "会员邮箱", "用户邮箱", "联系邮箱",
];

#[rustfmt::skip]
const PHONE: &[&str] = &[
    "phone", "customerphone", "phonenumber", "telephone", "mobile", "mobilephone",
    "mobilenumber", "cellphone", "tel", "billingphone", "phone(billing)", "buyerphone",
    "buyerphonenumber", "shippingphone", "手机", "手机号", "手机号码", "联系手机", "联系电话",
    "电话", "收货人手机号", "收货人手机号/提货人手机号", "收件人手机号", "客户手机", "客户电话",
    "telefon", "telefonnummer", "handy", "téléphone", "teléfono",
    "contactnumber", "contactphone", "customermobile", "customertelephone", "clientphone",
    "memberphone", "mobileno", "phoneno", "telno", "whatsapp", "会员手机", "会员手机号",
    "用户手机", "用户手机号", "买家手机", "买家手机号", "收货人手机", "收货人电话", "收件人手机",
    "收件人电话", "联系方式", "电话号码", "客户手机号",
];

#[rustfmt::skip]
const MEMBER: &[&str] = &[
    "customerid", "customeruniqueid", "customernumber", "customerno", "memberid", "member",
    "membernumber", "userid", "username", "user", "buyerid", "buyerusername", "buyeruserid",
    "buyer", "clientid", "account", "accountid", "会员名", "买家会员名", "会员编号", "会员号",
    "会员id", "客户编号", "客户id", "用户id", "用户名", "买家昵称", "下单帐号", "下单账号",
    "kundennummer",
    "nick", "nickname", "buyernick", "membername", "memberno", "membershipnumber", "loyaltyid",
    "customercode", "customerkey", "customerref", "customerusername", "clientno", "clientnumber",
    "clientcode", "shopperid", "userno", "login", "openid", "unionid", "会员", "会员昵称",
    "会员账号", "会员卡号", "昵称", "用户昵称", "客户昵称", "微信昵称", "买家", "买家账号",
    "买家id", "用户", "用户编号", "用户账号", "客户号", "客户代码", "客户编码", "顾客编号",
    "顾客id",
];

#[rustfmt::skip]
const NAME: &[&str] = &[
    "customername", "name", "fullname", "customer", "buyername", "billingname", "client",
    "clientname", "recipient", "recipientname", "shippingname", "shipname", "姓名", "客户姓名",
    "客户", "客户名称", "收货人姓名", "收货人", "收件人", "买家姓名", "kunde", "kundenname",
    "nom", "nombre", "cliente",
    "contactname", "contact", "customerfullname", "buyerfullname", "clientfullname", "purchaser",
    "shopper", "guest", "billto", "billtoname", "shipto", "shiptoname", "顾客", "顾客姓名",
    "客户名", "联系人", "会员姓名", "用户姓名", "购买人", "购买者",
];

#[rustfmt::skip]
const FIRST_NAME: &[&str] = &[
    "firstname", "givenname", "customerfirstname", "billingfirstname", "firstname(billing)",
    "shippingfirstname", "firstname(shipping)", "buyerfirstname", "名", "名字", "vorname",
    "prénom",
];

#[rustfmt::skip]
const LAST_NAME: &[&str] = &[
    "lastname", "surname", "familyname", "customerlastname", "billinglastname",
    "lastname(billing)", "shippinglastname", "lastname(shipping)", "buyerlastname", "姓",
    "姓氏", "nachname", "familienname", "apellido", "apellidos",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::normal_form;
    use std::collections::HashMap;

    #[test]
    fn every_name_is_in_normal_form_and_has_one_meaning() {
        let mut meaning = HashMap::new();
        for &(role, names) in PROFILE.columns {
            for &name in names {
                assert_eq!(normal_form(name), name, "{role:?}");
                // The time of day, beside a date; without one it is the moment.
                let role = if role == Role::TimeOfDay { Role::OrderedAt } else { role };
                let other = meaning.insert(name, role).unwrap_or(role);
                assert_eq!(other, role, "{name}");
            }
        }
    }
}
