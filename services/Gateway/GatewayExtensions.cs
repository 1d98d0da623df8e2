using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace MsaAspire.Gateway;

/// <summary>The shop's one address: which path goes to which service.</summary>
internal static class GatewayExtensions
{
    /// <summary>
    /// Paths for other services and for operators only. The storefront gets every path that no other route matches, and its process may
    /// serve these paths as well.
    /// </summary>
    private static readonly string[] Inside = ["/internal", "/messaging", "/faults"];

    /// <summary>
    /// A request without any response data for this long fails with 504 (<c>Gateway:SilenceSeconds</c>). Longer than the service's own timeouts,
    /// so that its error wins, and than the heartbeat of an event stream, which may stay open for ever.
    /// </summary>
    private const int DefaultSilenceSeconds = 20;

    /// <summary>A replica in the same data centre answers in milliseconds or never.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Where one address represents many replicas, a connection stays with one of them: only new connections reach a new replica and leave one
    /// that is about to stop. Kubernetes removes a replica from the address 15 s before it stops (see the exported preStop).
    /// </summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Proxies each path, and all below it, to the service of that name. A path may have parameters, as in <c>/api/orders/{id}/events</c>.
    /// The more specific path wins, in any order; nothing below <c>/api</c> goes to a service with a shorter path than that.
    /// </summary>
    public static void AddGateway(this WebApplicationBuilder builder, params (string Path, string Service)[] entries)
    {
        var silence = TimeSpan.FromSeconds(builder.Configuration.GetValue("Gateway:SilenceSeconds", DefaultSilenceSeconds));
        builder.AddHeadLimits();
        builder.AddHeaderEncoding();
        builder.AddClientAddress();
        builder.AddRateLimit();
        builder.AddLoadShedding();
        builder.AddAdvice();
        var proxy = builder.Services.AddReverseProxy().LoadFromMemory(
            [.. entries.Select(e => new RouteConfig
            {
                RouteId = e.Path,
                ClusterId = e.Service,
                Match = new() { Path = $"{e.Path.TrimEnd('/')}/{{**rest}}" },
            }), .. ApiDocs.RoutesOf(entries)],
            [.. entries.Select(e => e.Service).Distinct().Select(service => new ClusterConfig
            {
                ClusterId = service,
                Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
                LoadBalancingPolicy = "PowerOfTwoChoices",
                HttpRequest = new ForwarderRequestConfig { ActivityTimeout = silence },
                HealthCheck = ReplicaHealth.Checks,
            })])
            .ConfigureHttpClient((_, handler) =>
            {
                (handler.ConnectTimeout, handler.PooledConnectionLifetime) = (ConnectTimeout, ConnectionLifetime);
                handler.UseHeaderEncoding();
            })
            .AddTransforms(transforms =>
            {
                transforms.AddRequestHeaderRemove("Forwarded");
                transforms.EndEventStreamsAfterDrain();
            });
        proxy.AddServiceDiscoveryDestinationResolver();
        proxy.LoadAddedRoutes(builder);
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, ReplicaHealth>();
    }

    /// <summary>Maps what <see cref="AddGateway"/> was given.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseHeaders();
        app.UseMalformedRefused();
        app.UseRateLimiter();
        app.UseBodyLimit();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseLoadShedding();
            proxy.UseConnectionFailureStatus();
            proxy.UseOtherReplica();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        app.MapApiDocs();
        // A client of the API must not get the storefront's page for "not found".
        app.Map("/api/{**rest}", () => Results.NotFound());
        foreach (var path in Inside)
            app.Map($"{path}/{{**rest}}", () => Results.NotFound());
    }
}
