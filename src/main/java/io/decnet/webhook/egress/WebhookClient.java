package io.decnet.webhook.egress;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.reason.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The one HTTP client: a single POST, no redirects, no retries but on a stale connection, no cookies, ended at its deadline. Safe for any thread. */
@ApplicationScoped
public class WebhookClient {
    private static final Logger LOG = System.getLogger(WebhookClient.class.getName());
    private static final int READ_BYTES = 64 * 1024;
    private static final String CAUSE = " failed: ";
    private static final int KEPT_BYTES = 1024;
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
    /** Deadlines are kept by closing the connection; should nobody do so, a receiver that says nothing is waited for so much longer. */
    private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(5);

    private static final ContentType JSON = ContentType.create("application/json");

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
    Clock clock;

    @Inject
    LookUps lookUps;

    @Resource
    ManagedScheduledExecutorService scheduler;

    final Deadlines deadlines = new Deadlines();
    private Optional<CloseableHttpClient> client = Optional.empty();
    private Optional<FreshLookUps> fresh = Optional.empty();
    private Optional<ScheduledFuture<?>> watchdog = Optional.empty();

    @PostConstruct
    void start() {
        open(lookUps);
        watchdog = Optional.of(scheduler.scheduleWithFixedDelay(
                deadlines::enforce, Deadlines.EVERY.toMillis(), Deadlines.EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    void open(LookUps names) {
        fresh = Optional.of(new FreshLookUps(policy, names, LOOK_AGAIN_AFTER));
        Timeout connect = Timeout.of(settings.connectTimeout());
        HttpClientConnectionManager connections = new Connects.Pool()
                .setDnsResolver(new PinningResolver(policy, names))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(ANSWER_LIMITS)
                        .responseParserFactory(ignored -> Unasked.Parser.of(ANSWER_LIMITS))
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
        client = Optional.of(HttpClients.custom()
                .setConnectionManager(connections)
                .setRequestExecutor(new Unasked.Executor())
                .addExecInterceptorFirst("deadline", deadlines)
                .setRetryStrategy(new OnceWhenStale())
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build());
    }

    @PreDestroy
    void close() {
        watchdog.ifPresent(watch -> watch.cancel(false));
        client.ifPresent(open -> open.close(CloseMode.IMMEDIATE));
    }

    /** Blocks until the answer is read, or the deadline of the request. Whatever the receiver does is in the result. */
    public SendResult send(WebhookRequest request) {
        Instant startedAt = clock.instant();
        long from = System.nanoTime();
        Optional<Reason> refused = policy.grammar(request.url());
        if (refused.isPresent()) {
            return new SendResult.NotAnswered(
                    SendResult.Failure.REFUSED, refused.get().toString(), startedAt, Duration.ZERO, Optional.empty());
        }
        Deadlines.Watch watch = deadlines.start(request.timeout());
        try (ClassicHttpResponse response = exchange(post(request, startedAt), watch)) {
            byte[] excerpt = read(response, watch);
            if (watch.expired()) {
                return timedOut(request, watch, startedAt, from);
            }
            Optional<String> retryAfter = Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
                    .map(Header::getValue);
            return new SendResult.Answered(
                    response.getCode(), retryAfter, excerpt, startedAt, since(from), watch.address());
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return watch.expired() ? timedOut(request, watch, startedAt, from) : failed(e, watch, startedAt, from);
        } catch (RuntimeException e) {
            // An attempt that ended without a result would be made again at once, for ever.
            LOG.log(Level.ERROR, "webhook.fault webhook=" + request.webhookId(), e);
            return failed(e, watch, startedAt, from);
        } finally {
            deadlines.end(watch);
        }
    }

    private ClassicHttpResponse exchange(HttpPost post, Deadlines.Watch watch) throws IOException {
        fresh.orElseThrow().require(post.getAuthority().getHostName());
        return client.orElseThrow().executeOpen(null, post, watch);
    }

    private static HttpPost post(WebhookRequest request, Instant at) {
        HttpPost post = new HttpPost(DestinationPolicy.withoutFinalDot(request.url()));
        WebhookHeaders.of(request, at).forEach(post::addHeader);
        post.setEntity(new ByteArrayEntity(request.body(), JSON));
        post.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(request.timeout().plus(BEYOND_DEADLINE)))
                .build());
        return post;
    }

    /** Reads what is worth reading; a longer body is not drained, its connection is closed. */
    private static byte[] read(ClassicHttpResponse response, Deadlines.Watch watch) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream body = entity.getContent()) {
            byte[] read = body.readNBytes(READ_BYTES);
            if (read.length == READ_BYTES) {
                watch.discard();
            }
            return read.length <= KEPT_BYTES ? read : Arrays.copyOf(read, KEPT_BYTES);
        }
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
        return new SendResult.NotAnswered(kind, message(root), startedAt, since(from), watch.address());
    }

    private static String message(Throwable root) {
        String said = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if (root instanceof CertificateExpiredException) {
            return "the receiver's certificate has expired, " + said;
        }
        if (root instanceof UnknownHostException && !(root instanceof ForbiddenDestination)) {
            return "unknown host: " + said;
        }
        if (root instanceof ConnectException || root instanceof ConnectTimeoutException) {
            return causeFirst(said);
        }
        return root instanceof CertificateNotYetValidException
                ? "the receiver's certificate is not valid yet, " + said
                : said;
    }

    /** The client says "Connect to … failed: cause", and where there is little room only the beginning is read. */
    private static String causeFirst(String said) {
        int cause = said.lastIndexOf(CAUSE);
        return cause < 0 ? said : said.substring(cause + CAUSE.length()) + ": " + said.substring(0, cause);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
