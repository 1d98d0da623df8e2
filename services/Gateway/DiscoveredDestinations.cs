using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace MsaAspire.Gateway;

/// <summary>Turns <c>http://name</c> into the addresses that service discovery resolves for the name, and watches for changes.</summary>
internal sealed class DiscoveredDestinations(ServiceEndpointResolver resolver) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var source = await resolver.GetEndpointsAsync(destination.Address, cancellationToken);
            changes.Add(source.ChangeToken);
            foreach (var endpoint in source.Endpoints)
                resolved[$"{name} {endpoint}"] = destination with { Address = Address(endpoint.ToString()!, destination.Address) };
        }

        return new(resolved, new CompositeChangeToken(changes));
    }

    /// <summary>An endpoint from the configuration is a URI; one that was not resolved is a host with or without a port.</summary>
    private static string Address(string endpoint, string asked) =>
        endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"{new Uri(asked).Scheme}://{endpoint}";
}
