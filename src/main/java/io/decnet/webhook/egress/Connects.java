package io.decnet.webhook.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the addresses of a name one after the other, all of them together within the connect timeout: each gets an
 * even share of what is left. The HTTP client itself gives each the whole of it, and goes on to the next also when the
 * attempt is over, so a name that leads to thirty silent addresses would hold an attempt for thirty times as long.
 */
final class Connects extends DefaultHttpClientConnectionOperator {
    private final DnsResolver resolver;

    private Connects(SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
        super(
                ports,
                resolver,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
        this.resolver = resolver;
    }

    /** A pool whose connections are made so. */
    static final class Pool extends PoolingHttpClientConnectionManagerBuilder {
        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
            return new Connects(ports, resolver, tls);
        }
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable InetSocketAddress local,
            Timeout patience,
            SocketConfig config,
            @Nullable Object attachment,
            HttpContext context)
            throws IOException {
        long until = System.nanoTime() + patience.toNanoseconds();
        IOException failure = new ConnectTimeoutException(host.getHostName() + " has no address");
        InetAddress[] addresses = resolver.resolve(host.getHostName());
        for (int tried = 0; tried < addresses.length && !isOver(until, context); tried++) {
            long share = Math.max(1, (until - System.nanoTime()) / (addresses.length - tried));
            HttpHost pinned = new HttpHost(host.getSchemeName(), addresses[tried], host.getHostName(), host.getPort());
            try {
                super.connect(
                        connection,
                        pinned,
                        name,
                        local,
                        Timeout.of(Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)), TimeUnit.MILLISECONDS),
                        config,
                        attachment,
                        context);
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static boolean isOver(long until, HttpContext context) {
        return System.nanoTime() - until >= 0 || (context instanceof Deadlines.Watch watch && watch.expired());
    }
}
