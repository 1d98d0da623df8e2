using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Messaging;

/// <summary>Limits the backlog of a module while the broker is unavailable.</summary>
public static class OutboxLimit
{
    /// <summary>A multiple of the interval at which the depth is measured.</summary>
    private const int RetryAfterSeconds = 10;

    /// <summary>
    /// Answers 503 with <c>Retry-After</c> while <see cref="MessagingOptions.MaxOutboxDepth"/> events or more wait in the outbox. It uses
    /// the depth of a few seconds ago, so that no request costs a statement; the limit may be exceeded by what arrives in that time.
    /// </summary>
    /// <param name="endpoint">Adds to the outbox.</param>
    /// <param name="module">Whose outbox.</param>
    public static TBuilder RefuseWhenOutboxIsFull<TBuilder>(this TBuilder endpoint, string module) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter((context, next) =>
        {
            var services = context.HttpContext.RequestServices;
            var depth = services.GetRequiredKeyedService<Outbox>(module).Depth;
            if (depth < services.GetRequiredService<IOptions<MessagingOptions>>().Value.MaxOutboxDepth)
                return next(context);
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
            return ValueTask.FromResult<object?>(Problems.Problem("outbox-full", StatusCodes.Status503ServiceUnavailable,
                "Too many events are waiting to be published.", "This request stored nothing. Send it again, unchanged, after the time in Retry-After."));
        });
}
