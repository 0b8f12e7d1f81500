package io.decnet.webhook.egress;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends once more, and at once, when a pooled connection proves stale: it had answered before, and was closed without a
 * word when the request came. Such a request is part of the same attempt. No answer is ever a reason to send again here.
 */
final class OnceWhenStale implements HttpRequestRetryStrategy {
    @Override
    public boolean retryRequest(HttpRequest request, IOException fault, int sent, HttpContext context) {
        return sent == 1
                && fault instanceof NoHttpResponseException
                && context instanceof HttpClientContext client
                && hasAnsweredBefore(client)
                && !(context instanceof Deadlines.Watch watch && watch.expired());
    }

    private static boolean hasAnsweredBefore(HttpClientContext context) {
        EndpointDetails endpoint = context.getEndpointDetails();
        return endpoint != null && endpoint.getResponseCount() > 0;
    }

    @Override
    public boolean retryRequest(HttpResponse answer, int sent, HttpContext context) {
        return false;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse answer, int sent, HttpContext context) {
        return TimeValue.ZERO_MILLISECONDS;
    }
}
