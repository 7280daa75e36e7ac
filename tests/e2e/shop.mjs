// A small shop whose figures can be checked by hand.

const HEADER = "order_id,customer_email,ordered_at,total,currency,status,channel";

/** [customer, day, total, status]: three customers buy, one only cancels. */
const ORDERS = [
  ["ana", "2026-01-05 10:00:00", "20.00", "paid"],
  ["ben", "2026-02-10 11:30:00", "35.50", "paid"],
  ["ana", "2026-03-01 09:15:00", "40.00", "paid"],
  ["cho", "2026-04-20 18:45:00", "12.25", "paid"],
  ["dee", "2026-05-02 08:00:00", "99.00", "cancelled"],
  ["ana", "2026-06-11 21:05:00", "60.00", "paid"],
];

export const shop = {
  /** The last day of the data, for figures that do not depend on today. */
  asOf: "2026-06-30",
  file: {
    name: "orders.csv",
    text: [
      HEADER,
      ...ORDERS.map(
        ([customer, at, total, status], index) =>
          `A${1001 + index},${customer}@example.com,${at},${total},USD,${status},web`,
      ),
      "",
    ].join("\n"),
  },
  orders: ORDERS.length,
  customers: 4,
  buyers: 3,
  validOrders: 5,
  /** 20 + 35.50 + 40 + 12.25 + 60 */
  net: "167.75",
  /** Ana alone bought more than once. */
  repeatRate: 1 / 3,
};
