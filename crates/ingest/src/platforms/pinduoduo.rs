//! 拼多多: 订单查询 → 批量导出. One row an order; no buyer is named at all.
//!
//! The shop's income is 商家实收金额. A refund is told by 售后状态 alone. Where 订单成交时间 is blank the
//! order's number has its day: `260105-…` is of 5 January 2026.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "pinduoduo",
    name: "拼多多",
    signatures: &[&["订单号", "商家实收金额", "售后状态", "订单状态"]],
    columns: &[
        (Role::OrderNumber, &["订单号"]),
        (Role::OrderedAt, &["订单成交时间"]),
        (Role::PaidAt, &["支付时间"]),
        (Role::Total, &["商家实收金额"]),
        (Role::Due, &["商品总价"]),
        (Role::Status, &["订单状态"]),
        (Role::RefundStatus, &["售后状态"]),
        (Role::Region, &["省"]),
        (Role::City, &["市"]),
        (Role::ProductName, &["商品"]),
        (Role::Sku, &["商家编码规格维度", "商品id"]),
        (Role::Quantity, &["商品数量"]),
    ],
    row_model: RowModel::Order,
    states: &[
        ("已发货,待签收", OrderFlags::PAID),
        ("已发货,待收货", OrderFlags::PAID),
        ("待发货,退款成功", OrderFlags::REFUNDED),
        ("未发货,退款成功", OrderFlags::REFUNDED),
        ("已发货,退款成功", OrderFlags::REFUNDED),
        ("已签收,退款成功", OrderFlags::REFUNDED),
        ("已收货,退款成功", OrderFlags::REFUNDED),
    ],
    quirks: &[Quirk::DayInNumber, Quirk::NumbersAreUnique],
    ..Profile::CHINESE
};
