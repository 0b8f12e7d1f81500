package io.decnet.webhook.rest;

import io.decnet.webhook.security.AccountView;
import io.decnet.webhook.security.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who may log in. For admins only, reading too. */
@Path("/accounts")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.WILDCARD)
public class AccountList {
    @Inject
    Accounts accounts;

    @GET
    public String list() {
        return Shown.all(accounts.list(), AccountList::shown);
    }

    @GET
    @Path("/{name}")
    public String find(@PathParam("name") String name) {
        return shown(accounts.find(name).orElseThrow(() -> none(name))).build().toString();
    }

    @POST
    public Response create(Body body) {
        Fields fields = body.fields();
        String name = fields.required("name");
        String password = fields.required("password");
        String role = fields.required("role");
        fields.noMore().require();
        AccountView created = Answers.value(accounts.create(name, password, role));
        return Response.created(URI.create("accounts/" + URLEncoder.encode(created.name(), StandardCharsets.UTF_8)))
                .entity(shown(created).build().toString())
                .build();
    }

    @PATCH
    @Path("/{name}")
    public String change(@PathParam("name") String name, Body body) {
        if (accounts.find(name).isEmpty()) {
            throw none(name);
        }
        Fields fields = body.fields();
        Optional<String> password = fields.text("password");
        Optional<String> role = fields.text("role");
        fields.noMore().require();
        return shown(Answers.value(accounts.change(name, password, role)))
                .build()
                .toString();
    }

    @DELETE
    @Path("/{name}")
    public String delete(@PathParam("name") String name) {
        Answers.value(accounts.delete(name));
        return Json.createObjectBuilder()
                .add("message", "Account deleted")
                .build()
                .toString();
    }

    private static NotFoundException none(String name) {
        return new NotFoundException("there is no account " + name);
    }

    private static JsonObjectBuilder shown(AccountView account) {
        return Json.createObjectBuilder()
                .add("name", account.name())
                .add("role", account.role().label())
                .add("created_at", account.createdAt().toString())
                .add("updated_at", account.updatedAt().toString());
    }
}
