-- One row a customer out of the raw orders, for Regulars (ClickHouse).
--
-- Adapt `counted` to your table: names, states, currency and the day. The rest stays as it is.
-- What each column of the result means stands in README.md.
WITH counted AS (
  SELECT customer_id,
         email AS address,                          -- or NULL: no personal data are needed
         currency,
         toDate(ordered_at) AS day,                 -- the shop's day; of an instant:
                                                    -- toDate(ordered_at, 'Europe/Berlin')
         total - refunded AS amount,
         toDate('2026-10-31') AS as_of_date         -- the last day that is looked at
  FROM orders
  WHERE status IN ('paid', 'partially_refunded')    -- no unpaid, cancelled, voided or test orders
    AND total - refunded > 0
    AND currency = 'USD'                            -- amounts of two currencies are never added
    AND customer_id <> ''                           -- orders of nobody make no customer
),
ordered AS (
  SELECT counted.*,
         min(day) OVER (PARTITION BY customer_id) AS first_day
  FROM counted
  WHERE day <= as_of_date
)
SELECT customer_id,
       max(address) AS email,
       currency,
       as_of_date,
       min(day) AS first_order_date,
       max(day) AS last_order_date,
       count() AS orders,
       uniqExact(day) AS purchase_days,
       sum(amount) AS net,
       sumIf(amount, day = first_day) AS first_day_net,
       -- The first of the differences is 0 and stands for no gap.
       arrayStringConcat(arrayMap(gap -> toString(gap), arrayPopFront(
         arrayDifference(arraySort(groupArray(toInt32(day)))))), ' ') AS order_gaps
FROM ordered
GROUP BY customer_id, currency, as_of_date
ORDER BY customer_id;
