//! 京东: 订单管理 → 导出. One row an item; 订单金额, which is the order's, is repeated on each.
//!
//! The buyer's account is the customer's key, since telephones are masked.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "jd",
    name: "京东",
    signatures: &[&["订单号", "下单帐号", "订单金额"], &["订单号", "下单账号", "订单金额"]],
    columns: &[
        (Role::OrderNumber, &["订单号"]),
        (Role::OrderedAt, &["下单时间"]),
        (Role::PaidAt, &["付款确认时间"]),
        (Role::Total, &["订单金额"]),
        (Role::Status, &["订单状态"]),
        (Role::Channel, &["订单渠道", "订单来源"]),
        (Role::PaymentMethod, &["支付方式"]),
        (Role::Phone, &["联系电话"]),
        (Role::Member, &["下单帐号", "下单账号"]),
        (Role::Name, &["客户姓名"]),
        (Role::ProductName, &["商品名称"]),
        (Role::Sku, &["商品id"]),
        (Role::Quantity, &["订购数量"]),
        (Role::UnitPrice, &["京东价"]),
    ],
    row_model: RowModel::Repeated,
    states: &[
        ("等待出库", OrderFlags::PAID),
        ("等待发货", OrderFlags::PAID),
        ("等待确认收货", OrderFlags::PAID),
        ("暂停", OrderFlags::UNPAID),
        ("锁定", OrderFlags::UNPAID),
        ("等待付款确认", OrderFlags::UNPAID),
        ("(删除)等待出库", OrderFlags::CANCELLED),
        ("(删除)等待付款", OrderFlags::CANCELLED),
        ("(删除)等待确认收货", OrderFlags::CANCELLED),
    ],
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique],
    ..Profile::CHINESE
};
