package io.decnet.webhook.embeddedbus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Connections of the port that have not logged in. The broker (2.50.0) takes as much from them as they send, into memory, and lets them stay: a
 * frame of STOMP or a body of HTTP may have 2 GB. Here each has little to say and not long for it, and of too many the eldest goes. Safe for any
 * thread.
 */
@ChannelHandler.Sharable
final class Strangers extends ChannelInboundHandlerAdapter {
    /** A login takes some hundred bytes, with TLS and certificates some thousand; programs may send on before it is answered. */
    static final int MOST_BYTES = 256 * 1024;

    static final int AT_ONCE = 256;
    static final long PATIENCE_SECONDS = 10;

    private static final System.Logger LOG = System.getLogger(Strangers.class.getName());
    private static final AttributeKey<Stranger> MARK = AttributeKey.valueOf(Strangers.class, "stranger");

    private final Set<Channel> waiting = new LinkedHashSet<>();

    /** Looks at every connection the acceptor takes from now on. */
    static void watch(NettyAcceptor acceptor) {
        Strangers strangers = new Strangers();
        for (Channel server : servers(acceptor)) {
            // Waited for: a handler is passed by until it has been told that it was added.
            server.eventLoop()
                    .submit(() -> server.pipeline().addFirst(strangers))
                    .syncUninterruptibly();
        }
    }

    /** Artemis has no way to be asked for them. */
    private static ChannelGroup servers(NettyAcceptor acceptor) {
        try {
            var field = NettyAcceptor.class.getDeclaredField("serverChannelGroup");
            field.setAccessible(true);
            return (ChannelGroup) field.get(acceptor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Artemis keeps its channels elsewhere", e);
        }
    }

    /** Has logged in: may send what it likes. */
    static void admit(RemotingConnection connection) {
        if (connection.getTransportConnection() instanceof NettyConnection netty) {
            var stranger = netty.getNettyChannel().attr(MARK).getAndSet(null);
            if (stranger != null) {
                stranger.pass();
            }
        }
    }

    /** A connection has come. */
    @Override
    public void channelRead(ChannelHandlerContext server, Object message) {
        if (message instanceof Channel channel) {
            var stranger = new Stranger(channel);
            channel.attr(MARK).set(stranger);
            channel.pipeline().addFirst(stranger);
        }
        server.fireChannelRead(message);
    }

    private synchronized void come(Channel channel) {
        waiting.add(channel);
        if (waiting.size() > AT_ONCE) {
            Iterator<Channel> eldest = waiting.iterator();
            var gone = eldest.next();
            eldest.remove();
            close(gone);
        }
    }

    private static void close(Channel channel) {
        Future<?> unused = channel.close();
    }

    private synchronized void go(Channel channel) {
        waiting.remove(channel);
    }

    private final class Stranger extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private long bytes;
        private volatile boolean known;

        Stranger(Channel channel) {
            this.channel = channel;
        }

        void pass() {
            known = true;
            go(channel);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            come(channel);
            Future<?> unused = context.executor().schedule(() -> shutOut("time"), PATIENCE_SECONDS, TimeUnit.SECONDS);
            context.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            go(channel);
            context.fireChannelInactive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes += !known && message instanceof ByteBuf some ? some.readableBytes() : 0;
            if (known || bytes <= MOST_BYTES) {
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
                shutOut("bytes");
            }
        }

        private void shutOut(String tooMuch) {
            if (!known && channel.isOpen()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "bus.stranger_refused too_much={0} from={1}",
                        tooMuch,
                        channel.remoteAddress());
                close(channel);
            }
        }
    }
}
