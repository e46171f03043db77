//! Answers on their way from a page to the runner.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::StreamExt as _;

use crate::answer::Answer;

/// The largest answer a contender may give, bytes.
pub const ANSWER_LIMIT: usize = 1 << 30;

/// A random token that lets one page post one answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AnswerToken(String);

/// Expected answers, by token. Only the page that was asked can post one, and only once.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    slots: Arc<Mutex<HashMap<String, Slot>>>,
}

#[derive(Debug)]
struct Slot {
    /// The origin of the page that the answer is expected of.
    origin: String,
    state: SlotState,
}

#[derive(Debug)]
enum SlotState {
    Awaited,
    /// A page is posting it; no other may.
    Arriving,
    Arrived(Answer),
}

impl AnswerToken {
    fn random() -> anyhow::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).context("the system gives no random numbers, which keep answers apart")?;
        Ok(Self(crate::hex(&bytes)))
    }

    /// The path to post the answer to.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/answer/{}", self.0)
    }
}

impl Answers {
    /// A new token, for a page of this origin.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn expect(&self, origin: &str) -> anyhow::Result<AnswerToken> {
        let token = AnswerToken::random()?;
        self.slots().insert(token.0.clone(), Slot { origin: origin.to_owned(), state: SlotState::Awaited });
        Ok(token)
    }

    /// Whether a page of this origin may post the answer for `token` now. Each token can be claimed once.
    #[must_use]
    pub fn claim(&self, token: &str, origin: &str) -> bool {
        match self.slots().get_mut(token) {
            Some(slot @ Slot { state: SlotState::Awaited, .. }) if slot.origin == origin => {
                slot.state = SlotState::Arriving;
                true
            }
            _ => false,
        }
    }

    /// Keeps the answer for a token that was claimed, if it is still waited for.
    pub fn put(&self, token: &str, answer: Answer) {
        if let Some(Slot { state: state @ SlotState::Arriving, .. }) = self.slots().get_mut(token) {
            *state = SlotState::Arrived(answer);
        }
    }

    /// Ends the wait for `token` and gives what came.
    pub fn take(&self, token: &AnswerToken) -> Option<Answer> {
        match self.slots().remove(&token.0)?.state {
            SlotState::Arrived(answer) => Some(answer),
            SlotState::Awaited | SlotState::Arriving => None,
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<String, Slot>> {
        // A panic while the lock was held leaves a map that is still whole.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The whole of a body that is no longer than `limit`. No more than that is held in memory, whatever is sent.
///
/// # Errors
/// The status that says why it was not read.
pub async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Vec<u8>, StatusCode> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let (mut bytes, mut chunks) = (Vec::new(), body.into_data_stream());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
        if bytes.len() + chunk.len() > limit {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use futures_util::stream;

    use super::*;
    use crate::answer::AnswerKind;

    #[test]
    fn an_answer_is_taken_once_and_only_from_the_page_that_was_asked() {
        let answers = Answers::default();
        let token = answers.expect("http://p1.localhost:9").unwrap();
        let answer = |byte| Answer { kind: AnswerKind::Bytes, bytes: vec![byte] };
        assert!(!answers.claim("0", "http://p1.localhost:9"));
        assert!(!answers.claim(&token.0, "http://p2.localhost:9"));
        answers.put(&token.0, answer(0));
        assert!(answers.claim(&token.0, "http://p1.localhost:9"));
        assert!(!answers.claim(&token.0, "http://p1.localhost:9"), "it is on its way");
        answers.put(&token.0, answer(1));
        answers.put(&token.0, answer(2));
        assert_eq!(answers.take(&token), Some(answer(1)));
        assert_eq!(answers.take(&token), None);
        assert!(!answers.claim(&token.0, "http://p1.localhost:9"), "it is no longer expected");
    }

    #[test]
    fn tokens_have_128_bits_and_none_comes_twice() {
        let answers = Answers::default();
        let tokens: std::collections::HashSet<_> = (0..100).map(|_| answers.expect("").unwrap()).collect();
        assert_eq!(tokens.len(), 100);
        assert!(tokens.iter().all(|token| token.0.len() == 32));
    }

    #[tokio::test]
    async fn a_body_is_read_as_far_as_an_answer_may_be_long() {
        let none = HeaderMap::new();
        let body = |chunks: usize| {
            Body::from_stream(stream::iter(std::iter::repeat_n("1234", chunks).map(Ok::<_, axum::Error>)))
        };
        assert_eq!(read(&none, body(2), 8).await.unwrap(), b"12341234");
        assert_eq!(read(&none, body(3), 8).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        // What is announced as too long is not even begun with.
        let long = HeaderMap::from_iter([(header::CONTENT_LENGTH, HeaderValue::from_static("9"))]);
        let endless = Body::from_stream(stream::pending::<Result<&str, axum::Error>>());
        assert_eq!(read(&long, endless, 8).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
