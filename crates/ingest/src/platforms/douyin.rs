//! 抖店: 订单管理 → 导出. One row a sub-order; amount, state and refund are the sub-order's.
//!
//! An order is the sum of its rows, which need not stand together nor be of one day: its time is the
//! earliest of theirs. Nobody can be told apart, since names and telephones are masked.

use super::{Profile, RowModel};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "douyin",
    name: "抖店",
    signatures: &[&["主订单编号", "子订单编号", "订单应付金额"]],
    columns: &[
        (Role::OrderNumber, &["主订单编号"]),
        (Role::OrderedAt, &["订单提交时间"]),
        (Role::PaidAt, &["支付完成时间", "支付时间"]),
        (Role::Total, &["订单应付金额"]),
        (Role::Status, &["订单状态"]),
        (Role::RefundStatus, &["售后状态"]),
        (Role::Channel, &["流量来源"]),
        (Role::PaymentMethod, &["支付方式"]),
        (Role::Phone, &["收件人手机号"]),
        (Role::Name, &["收件人"]),
        (Role::Region, &["省"]),
        (Role::City, &["市"]),
        (Role::ProductName, &["选购商品"]),
        (Role::Sku, &["商家编码", "商品id"]),
        (Role::Quantity, &["商品数量"]),
    ],
    row_model: RowModel::Lines,
    ..Profile::CHINESE
};
