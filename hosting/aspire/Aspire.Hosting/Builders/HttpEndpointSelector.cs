using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class HttpEndpointSelector
{
    /// <summary>The endpoint of that name; without one <c>https</c>, else <c>http</c>.</summary>
    /// <param name="resource">The resource that listens.</param>
    /// <param name="name">Name of the endpoint, or null.</param>
    /// <param name="purpose">What the endpoint is for, for the message: <c>an HTTP health check</c>.</param>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it is not an HTTP one.</exception>
    public static EndpointReference Select(IResourceWithEndpoints resource, string? name, string purpose)
    {
        string[] names = name is null ? ["https", "http"] : [name];
        var endpoint = names.Select(resource.GetEndpoint).FirstOrDefault(e => e.Exists)
            ?? throw new DistributedApplicationException(
                $"Resource '{resource.Name}' cannot have {purpose}: it has no endpoint {string.Join(" or ", names.Select(n => $"'{n}'"))}. "
                + "Add one with WithHttpEndpoint before, or name the endpoint to use.");
        return RequireHttp(endpoint, resource, purpose);
    }

    public static EndpointReference RequireHttp(EndpointReference? endpoint, IResource resource, string purpose) => endpoint switch
    {
        null => throw new DistributedApplicationException(
            $"Resource '{resource.Name}' cannot have {purpose}: the endpoint selector returned null. Return an endpoint."),
        { Scheme: not ("http" or "https") } => throw new DistributedApplicationException(
            $"Resource '{resource.Name}' cannot have {purpose}: the endpoint '{endpoint.EndpointName}' has scheme '{endpoint.Scheme}'. "
            + "Name an http or https endpoint."),
        _ => endpoint,
    };
}
