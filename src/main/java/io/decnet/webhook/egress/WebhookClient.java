package io.decnet.webhook.egress;

import io.decnet.webhook.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.glassfish.jersey.apache5.connector.Apache5ClientProperties;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.apache5.connector.Apache5HttpClientBuilderConfigurator;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.RequestEntityProcessing;

/** The one HTTP client: a single POST, no redirects, no retries but on a stale connection, no cookies, ended at its deadline. Safe for any thread. */
@ApplicationScoped
public class WebhookClient {
    private static final int READ_BYTES = 64 * 1024;
    private static final int KEPT_BYTES = 1024;
    private static final Duration WATCH_EVERY = Duration.ofMillis(100);

    /** Without these a receiver that never ends a header takes all memory. */
    private static final Http1Config ANSWER_LIMITS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .setMaxEmptyLineCount(10)
            .build();

    @Inject
    Settings settings;

    @Inject
    DestinationPolicy policy;

    @Inject
    Exchange exchange;

    @Inject
    Clock clock;

    @Inject
    LookUps lookUps;

    @Resource
    ManagedScheduledExecutorService scheduler;

    final Deadlines deadlines = new Deadlines();
    private Optional<Client> client = Optional.empty();
    private Optional<ScheduledFuture<?>> watchdog = Optional.empty();

    @PostConstruct
    void start() {
        open(lookUps);
        watchdog = Optional.of(scheduler.scheduleAtFixedRate(
                deadlines::enforce, WATCH_EVERY.toMillis(), WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    void open(LookUps names) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        HttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PinningResolver(policy, names))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(ANSWER_LIMITS)
                        .build())
                .setMaxConnTotal(4 * settings.egressConcurrency())
                // As many as in all: a wait for a connection to a popular host would count against its deadline.
                .setMaxConnPerRoute(4 * settings.egressConcurrency())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setTimeToLive(TimeValue.ofSeconds(60))
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .build();
        Apache5HttpClientBuilderConfigurator strict = builder -> builder.addExecInterceptorFirst("deadline", deadlines)
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent();
        client = Optional.of(ClientBuilder.newClient(new ClientConfig()
                .connectorProvider(new Apache5ConnectorProvider())
                .property(Apache5ClientProperties.CONNECTION_MANAGER, connections)
                .property(Apache5ClientProperties.DISABLE_COOKIES, true)
                .property(ClientProperties.FOLLOW_REDIRECTS, false)
                .property(ClientProperties.REQUEST_ENTITY_PROCESSING, RequestEntityProcessing.BUFFERED)
                .register(strict)));
    }

    @PreDestroy
    void close() {
        watchdog.ifPresent(watch -> watch.cancel(false));
        client.ifPresent(Client::close);
    }

    /** Blocks until the answer is read, or the deadline of the request. Whatever the receiver does is in the result. */
    public SendResult send(WebhookRequest request) {
        Instant startedAt = clock.instant();
        long from = System.nanoTime();
        Optional<String> refused = policy.grammar(request.url());
        if (refused.isPresent()) {
            return new SendResult.NotAnswered(
                    SendResult.Failure.REFUSED, refused.get(), startedAt, Duration.ZERO, Optional.empty());
        }
        Deadlines.Watch watch = deadlines.start(request.webhookId(), request.timeout());
        try (Response response = post(request, startedAt)) {
            byte[] excerpt = read(response, watch);
            if (watch.expired()) {
                return timedOut(request, watch, startedAt, from);
            }
            Optional<String> retryAfter = Optional.ofNullable(response.getHeaderString(HttpHeaders.RETRY_AFTER));
            return new SendResult.Answered(
                    response.getStatus(), retryAfter, excerpt, startedAt, since(from), watch.address());
        } catch (ProcessingException | IOException | IllegalStateException | IllegalArgumentException e) {
            return watch.expired() ? timedOut(request, watch, startedAt, from) : failed(e, watch, startedAt, from);
        } finally {
            deadlines.end(request.webhookId(), watch);
        }
    }

    private Response post(WebhookRequest request, Instant at) throws StaleConnection {
        Invocation.Builder post = client.orElseThrow()
                .target(DestinationPolicy.withoutFinalDot(request.url()))
                .request();
        WebhookHeaders.of(request, at).forEach(post::header);
        post.property(
                ClientProperties.READ_TIMEOUT, Math.toIntExact(request.timeout().toMillis()));
        return exchange.post(post.buildPost(Entity.entity(request.body(), MediaType.APPLICATION_JSON_TYPE)));
    }

    /** Reads what is worth reading; a longer body is not drained, its connection is closed. */
    private static byte[] read(Response response, Deadlines.Watch watch) throws IOException {
        if (!response.hasEntity()) {
            return new byte[0];
        }
        InputStream body = response.readEntity(InputStream.class);
        byte[] read = body.readNBytes(READ_BYTES);
        if (read.length == READ_BYTES) {
            watch.discard();
        }
        return read.length <= KEPT_BYTES ? read : Arrays.copyOf(read, KEPT_BYTES);
    }

    private static SendResult timedOut(WebhookRequest request, Deadlines.Watch watch, Instant startedAt, long from) {
        String error = "no complete answer within " + request.timeout().toMillis() + " ms";
        return new SendResult.NotAnswered(SendResult.Failure.TIMEOUT, error, startedAt, since(from), watch.address());
    }

    private static SendResult failed(Exception thrown, Deadlines.Watch watch, Instant startedAt, long from) {
        Throwable root = thrown;
        while (root.getCause() != null && !(root instanceof ForbiddenDestination)) {
            root = root.getCause();
        }
        SendResult.Failure kind =
                root instanceof ForbiddenDestination ? SendResult.Failure.REFUSED : SendResult.Failure.NETWORK;
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new SendResult.NotAnswered(kind, message, startedAt, since(from), watch.address());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
