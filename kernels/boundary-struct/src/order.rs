//! What crosses: an order, with texts, numbers, a list, a nested struct and a pair.

use serde::{Deserialize, Serialize};

/// One order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Name of the order.
    pub id: String,
    /// Its number.
    pub seq: u64,
    /// When it was made, milliseconds since 1970.
    pub ts: u64,
    /// The customer.
    pub user: User,
    /// What one piece costs.
    pub price: f64,
    /// How many pieces.
    pub qty: u32,
    /// A few words.
    pub tags: Vec<String>,
    /// Latitude and longitude, degrees.
    pub geo: [f64; 2],
    /// A sentence.
    pub note: String,
}

/// The customer of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// First and last name.
    pub name: String,
    /// Country code.
    pub country: String,
    /// Whether the name was checked.
    pub verified: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_records_are_orders_and_nothing_of_them_is_lost() {
        let text = crossover_inputs::record_array(7, 20_000);
        let orders: Vec<Order> = serde_json::from_slice(&text).unwrap();
        assert!(orders.len() > 40);
        let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(serde_json::to_value(&orders).unwrap(), json);
    }
}
