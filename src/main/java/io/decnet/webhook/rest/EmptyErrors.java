package io.decnet.webhook.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;

/**
 * Makes a problem of errors that come without a word. Jersey (3.1) answers a header it cannot parse, such as a broken {@code Accept}, with a bare
 * 400 and past all exception mappers; the server would put its own page there.
 */
@Provider
public class EmptyErrors implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()
                && !response.hasEntity()
                && !request.getMethod().equals(HttpMethod.HEAD)) {
            var problem = Problem.of(response.getStatusInfo(), "the request has a header that cannot be read");
            response.setEntity(problem.text(), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}
