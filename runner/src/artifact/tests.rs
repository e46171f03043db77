//! Building real contenders with the real tools.
