//! Connections to the server: no more than a bound, and none that only idles.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// What connections may be and take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many there may be. Others wait in the system's queue.
    pub connections: usize,
    /// How long a browser may keep one without asking for anything.
    pub idle: Duration,
    /// How long a browser may take none of what it has asked for. A page on an emulated network reads little at a time.
    pub stalled: Duration,
}

impl Limits {
    /// Beyond what a browser has, and within what systems let a process open. A page waits 30 s to be loaded, and so
    /// gets its turn even when a client takes all connections and sends nothing.
    pub const USUAL: Self = Self { connections: 512, idle: Duration::from_secs(20), stalled: Duration::from_secs(300) };
}

/// Takes connections within their limits.
#[derive(Debug)]
pub struct Connections {
    listener: TcpListener,
    places: Arc<Semaphore>,
    limits: Limits,
}

impl Connections {
    /// Those that come to `listener`.
    #[must_use]
    pub fn new(listener: TcpListener, limits: Limits) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(limits.connections)), limits }
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // Only a closed semaphore gives no permit, and this one is never closed.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let timer = Box::pin(sleep(self.limits.idle));
        (Connection { stream, timer, is_stalled: false, limits: self.limits, _place: place }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when nothing has gone through it for too long.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    timer: Pin<Box<Sleep>>,
    /// Whether the other side takes nothing of what is there for it.
    is_stalled: bool,
    limits: Limits,
    _place: Option<OwnedSemaphorePermit>,
}

impl Connection {
    /// Something goes on, or is now waited for.
    fn restart(&mut self) {
        let patience = if self.is_stalled { self.limits.stalled } else { self.limits.idle };
        self.timer.as_mut().reset(Instant::now() + patience);
    }

    fn wrote<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() || !self.is_stalled {
            self.is_stalled = written.is_pending();
            self.restart();
        }
        match written {
            Poll::Pending => self.timer.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into())),
            ready => ready,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            // As if the other side had closed it.
            Poll::Pending => this.timer.as_mut().poll(context).map(Ok),
            read => {
                this.restart();
                read
            }
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.wrote(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.wrote(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
