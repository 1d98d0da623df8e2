using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace MsaAspire.Gateway;

/// <summary>The shop's one address: which path goes to which service.</summary>
internal static class GatewayExtensions
{
    /// <summary>A service that is silent for so long is given up with 504. Longer than its own timeouts, so that its answer wins.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>Proxies each path, and all below it, to the service of that name.</summary>
    public static void AddGateway(this WebApplicationBuilder builder, params (string Path, string Service)[] entries)
    {
        builder.Services.AddReverseProxy().LoadFromMemory(
            [.. entries.Select(e => new RouteConfig
            {
                RouteId = e.Path,
                ClusterId = e.Service,
                Match = new() { Path = $"{e.Path}/{{**rest}}" },
            })],
            [.. entries.Select(e => e.Service).Distinct().Select(service => new ClusterConfig
            {
                ClusterId = service,
                Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
                LoadBalancingPolicy = "PowerOfTwoChoices",
                HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Silence },
            })]);
        builder.Services.Replace(ServiceDescriptor.Singleton<IDestinationResolver, DiscoveredDestinations>());
    }
}
