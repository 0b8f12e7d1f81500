package io.decnet.webhook.egress;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * What a receiver says on a pooled connection before it is asked is no answer (RFC 9112, 9.2): taken for one it would be
 * that of the next delivery, and so on for all that follow. The HTTP client takes it; here such a connection is a stale one.
 */
final class Unasked {
    private Unasked() {}

    private static NoHttpResponseException said() {
        return new NoHttpResponseException("the receiver said more on this connection than it was asked");
    }

    /** Finds what came after the last answer was read. */
    static final class Executor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback informed,
                HttpContext context)
                throws IOException, HttpException {
            if (connection instanceof ManagedHttpClientConnection pooled && hasMore(pooled)) {
                // Where the client looks whether it had answered before.
                HttpCoreContext.cast(context).setEndpointDetails(pooled.getEndpointDetails());
                pooled.close(CloseMode.IMMEDIATE);
                throw said();
            }
            return super.execute(request, connection, informed, context);
        }

        /** With TLS there may be more to read that is no answer. */
        private static boolean hasMore(ManagedHttpClientConnection connection) throws IOException {
            return connection.getEndpointDetails().getResponseCount() > 0
                    && connection.getSSLSession() == null
                    && connection.getSocket().getInputStream().available() > 0;
        }
    }

    /** Finds what came together with the last answer: it is in the buffer before anything is read. */
    static final class Parser implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser;
        private boolean goesOn;

        private Parser(Http1Config limits) {
            parser = new LenientHttpResponseParser(limits);
        }

        static HttpMessageParser<ClassicHttpResponse> of(Http1Config limits) {
            return new Parser(limits);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            if (!goesOn) {
                passEmptyLines(buffer, in);
            }
            ClassicHttpResponse answer = parser.parse(buffer, in);
            goesOn = answer != null && answer.getCode() < HttpStatus.SC_SUCCESS;
            return answer;
        }

        /** Some receivers end an answer with one too many. The request is out already: it would come twice, each time. */
        private static void passEmptyLines(SessionInputBuffer buffer, InputStream in) throws IOException {
            while (buffer.length() > 0) {
                int octet = buffer.read(in);
                if (octet != '\r' && octet != '\n') {
                    throw said();
                }
            }
        }
    }
}
