package io.decnet.webhook.security;

/**
 * A token that was just made.
 *
 * @param token itself; this is the only time that anybody sees it
 */
public record NewToken(TokenView view, String token) {
    @Override
    public String toString() {
        return "NewToken[" + view + "]";
    }
}
