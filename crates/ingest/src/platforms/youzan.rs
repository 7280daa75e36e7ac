//! 有赞: 订单查询 → 导出. One row an order; the telephone is the customer's key, where it is not masked.

use super::{Profile, RowModel};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "youzan",
    name: "有赞",
    signatures: &[&["订单号", "买家付款时间", "订单实付金额", "订单状态"]],
    columns: &[
        (Role::OrderNumber, &["订单号"]),
        (Role::OrderedAt, &["订单创建时间", "下单时间"]),
        (Role::PaidAt, &["买家付款时间"]),
        (Role::Total, &["订单实付金额"]),
        (Role::Refunded, &["订单已退款金额", "退款金额"]),
        (Role::Status, &["订单状态"]),
        (Role::Channel, &["订单来源"]),
        (Role::Phone, &["收货人手机号/提货人手机号", "买家手机号", "收货人手机号"]),
        (Role::Name, &["收货人/提货人", "收货人", "买家姓名"]),
        (Role::ProductName, &["全部商品名称", "商品名称"]),
    ],
    row_model: RowModel::Order,
    ..Profile::CHINESE
};
