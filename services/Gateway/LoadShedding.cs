using System.Threading.RateLimiting;

namespace MsaAspire.Gateway;

/// <summary>
/// Limits how many requests of a service are in flight, so that one past its capacity answers as many requests in time as it can, and one that hangs
/// takes only its share of the gateway. The rest are refused with 503 and <c>Retry-After</c>, and nothing was done: without a limit all of
/// them wait, and most clients have given up when their turn comes. <c>Gateway:Concurrency:Limit</c> are in flight at the service (128),
/// <c>Gateway:Concurrency:Queue</c> wait here (256).
/// </summary>
internal static class LoadShedding
{
    // A service that serves 200 requests a second answers 128 in 0.6 s. One that takes 10 ms for each reaches 12,800 a second.
    private const int DefaultLimit = 128, DefaultQueue = 256;

    public static void AddLoadShedding(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Gateway:Concurrency");
        var options = new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.GetWholeNumber("Limit", DefaultLimit, least: 1),
            QueueLimit = settings.GetWholeNumber("Queue", DefaultQueue, least: 0),
        };
        builder.Services.AddSingleton(PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetConcurrencyLimiter(context.GetReverseProxyFeature().Cluster.Config.ClusterId, _ => options)));
    }

    /// <summary>An event stream counts until it starts: it may last for ever and costs nothing meanwhile. So does a connection that changes its protocol.</summary>
    public static void UseLoadShedding(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        var limiter = context.RequestServices.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        using var lease = await limiter.AcquireAsync(context, cancellationToken: context.RequestAborted);
        if (!lease.IsAcquired)
        {
            context.Features.Set(new Shed());
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
                || context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
            {
                lease.Dispose();
            }

            return Task.CompletedTask;
        });
        await next(context);
    });

    /// <summary>Whether the request was refused because too many are in flight.</summary>
    public static bool WasShed(this HttpContext context) => context.Features.Get<Shed>() is not null;

    private sealed record Shed;
}
