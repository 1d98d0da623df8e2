using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Gives ports to the endpoints of a manifest that need one and name none.</summary>
internal sealed class BindingPorts
{
    private readonly HashSet<int> _used = [];
    private int _next = 8000;

    /// <summary>Starts with the first endpoint of a resource.</summary>
    public Resolver For(IResource resource) => new(this, resource);

    private int Allocate()
    {
        while (!_used.Add(_next))
            _next++;
        return _next++;
    }

    /// <summary>Resolves the endpoints of one resource in their order.</summary>
    public sealed class Resolver(BindingPorts ports, IResource resource)
    {
        private readonly HashSet<string> _defaults = [];

        /// <summary>Finds the ports to write; null leaves one to the tool that deploys.</summary>
        public (int? Port, int? TargetPort) Resolve(EndpointAnnotation endpoint)
        {
            var targetPort = endpoint.TargetPort ?? TargetPortOf(endpoint);
            foreach (var used in (int?[])[endpoint.Port, targetPort])
            {
                if (used is not null)
                    ports._used.Add(used.Value);
            }

            return (endpoint.Port, targetPort);
        }

        private int? TargetPortOf(EndpointAnnotation endpoint) => resource switch
        {
            ContainerResource when endpoint.Port is { } port => port,
            // The first http and the first https endpoint of a project get their port where it is deployed.
            ProjectResource when IsHttp(endpoint) && _defaults.Add(endpoint.UriScheme) => null,
            _ => ports.Allocate(),
        };

        private static bool IsHttp(EndpointAnnotation endpoint) => endpoint.UriScheme is "http" or "https";
    }
}
