using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Messaging;

/// <summary>The end of what a module puts off when the broker takes nothing.</summary>
public static class OutboxLimit
{
    /// <summary>A multiple of how often the depth is looked at.</summary>
    private const int RetryAfterSeconds = 10;

    /// <summary>
    /// Answers 503 with <c>Retry-After</c> while <see cref="MessagingOptions.MaxOutboxDepth"/> events or more wait in the outbox. It knows
    /// the depth of a few seconds ago, so that no request costs a statement; the limit is passed by what comes in that time.
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
                "More is waiting than can be passed on now.", "This request stored nothing. Send it again, unchanged, after the time in Retry-After."));
        });
}
