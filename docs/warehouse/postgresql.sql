-- One row a customer out of the raw orders, for Regulars (PostgreSQL).
--
-- Adapt `counted` to your table: names, states, currency and the day. The rest stays as it is.
-- What each column of the result means stands in README.md.
WITH counted AS (
  SELECT customer_id,
         email AS address,                          -- or NULL: no personal data are needed
         currency,
         CAST(ordered_at AS date) AS day,           -- the shop's day; of a timestamptz:
                                                    -- CAST(ordered_at AT TIME ZONE 'Europe/Berlin' AS date)
         total - refunded AS amount,
         DATE '2026-10-31' AS as_of_date            -- the last day that is looked at
  FROM orders
  WHERE status IN ('paid', 'partially_refunded')    -- no unpaid, cancelled, voided or test orders
    AND total - refunded > 0
    AND currency = 'USD'                            -- amounts of two currencies are never added
    AND customer_id <> ''                           -- orders of nobody make no customer
),
ordered AS (
  SELECT counted.*,
         MIN(day) OVER (PARTITION BY customer_id) AS first_day,
         day - LAG(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap
  FROM counted
  WHERE day <= as_of_date
)
SELECT customer_id,
       MAX(address) AS email,
       currency,
       as_of_date,
       MIN(day) AS first_order_date,
       MAX(day) AS last_order_date,
       COUNT(*) AS orders,
       COUNT(DISTINCT day) AS purchase_days,
       SUM(amount) AS net,
       SUM(CASE WHEN day = first_day THEN amount ELSE 0 END) AS first_day_net,
       STRING_AGG(CAST(gap AS text), ' ' ORDER BY day, gap DESC) AS order_gaps
FROM ordered
GROUP BY customer_id, currency, as_of_date
ORDER BY customer_id;
