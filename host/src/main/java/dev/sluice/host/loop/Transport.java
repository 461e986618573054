package dev.sluice.host.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/// How sockets are driven: one choice for the process.
public enum Transport {
    IO_URING,
    EPOLL,
    NIO;

    private static final short RING = 1;
    private static final short RING_BUFFERS = 256;
    private static final int RING_BUFFER_BYTES = 8 << 10;

    /// The best one that works here.
    public static Transport best() {
        if (IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported()) {
            return IO_URING;
        }
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /// Whether it works on this machine.
    public boolean isAvailable() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    /// Whether every loop can bind the same address, so that the kernel deals connections out.
    public boolean sharesPorts() {
        return this != NIO;
    }

    /// What drives the sockets of a loop.
    public IoHandlerFactory handlers() {
        return switch (this) {
            case IO_URING -> IoUringIoHandler.newFactory(ringConfig());
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /// A server bootstrap's channel and options.
    public void configure(ServerBootstrap bootstrap, boolean reusePort) {
        Class<? extends ServerChannel> channel =
                switch (this) {
                    case IO_URING -> IoUringServerSocketChannel.class;
                    case EPOLL -> EpollServerSocketChannel.class;
                    case NIO -> NioServerSocketChannel.class;
                };
        bootstrap.channel(channel);
        if (reusePort && sharesPorts()) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        if (this == IO_URING) {
            bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, RING);
        }
    }

    /// A client bootstrap's channel and options.
    public void configure(Bootstrap bootstrap) {
        Class<? extends SocketChannel> channel =
                switch (this) {
                    case IO_URING -> IoUringSocketChannel.class;
                    case EPOLL -> EpollSocketChannel.class;
                    case NIO -> NioSocketChannel.class;
                };
        bootstrap.channel(channel);
        if (this == IO_URING) {
            bootstrap.option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, RING);
        }
    }

    /// A socket for datagrams.
    DatagramChannel datagrams() {
        return switch (this) {
            case IO_URING -> new IoUringDatagramChannel();
            case EPOLL -> new EpollDatagramChannel();
            case NIO -> new NioDatagramChannel();
        };
    }

    private static IoUringIoHandlerConfig ringConfig() {
        return new IoUringIoHandlerConfig()
                .setBufferRingConfig(
                        IoUringBufferRingConfig.builder()
                                .bufferGroupId(RING)
                                .bufferRingSize(RING_BUFFERS)
                                .batchSize(RING_BUFFERS)
                                .allocator(
                                        new IoUringFixedBufferRingAllocator(
                                                PooledByteBufAllocator.DEFAULT, RING_BUFFER_BYTES))
                                .build());
    }
}
