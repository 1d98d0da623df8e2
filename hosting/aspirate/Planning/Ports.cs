using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>A binding in the cluster.</summary>
/// <param name="Name">The Service's and the container's name for it.</param>
/// <param name="Scheme">Of its address inside the cluster.</param>
/// <param name="ServicePort">Where others reach it.</param>
/// <param name="ContainerPort">Where the process listens.</param>
/// <param name="Protocol"><c>TCP</c> or <c>UDP</c>.</param>
internal sealed record Port(
    string Name, string Scheme, int ServicePort, int ContainerPort, string Protocol, string? AppProtocol,
    bool IsHttp, bool IsExternal)
{
    /// <summary>HTTP/2 without TLS, which HTTP/1.1 clients cannot use.</summary>
    public const string Http2 = "kubernetes.io/h2c";
}

/// <summary>Gives each binding its ports.</summary>
internal static class Ports
{
    /// <summary>What .NET's images listen on.</summary>
    private const int FirstFree = 8080;

    /// <summary>
    /// By binding. A project's pods serve plain HTTP: Aspire sets only <c>HTTP_PORTS</c>, and TLS ends at the ingress. So an https binding
    /// whose port is not passed to the process represents the http one.
    /// </summary>
    /// <exception cref="AspirateException">A container's binding names no port.</exception>
    public static IReadOnlyDictionary<string, Port> Of(ComputeResource resource)
    {
        var ports = new Dictionary<string, Port>(StringComparer.Ordinal);
        var taken = resource.Bindings.Select(b => b.TargetPort).OfType<int>().ToHashSet();
        var unserved = resource.Bindings.Where(b => IsUnserved(resource, b)).ToList();
        // A project with only https must still listen on a port: its image's default.
        if (unserved.Count == resource.Bindings.Count)
            unserved = [.. unserved.Skip(1)];
        foreach (var binding in resource.Bindings.Except(unserved))
        {
            var target = binding.TargetPort ?? (resource is ContainerResource ? binding.Port : NextFree(taken))
                ?? throw new AspirateException(
                    $"The resource \"{resource.Name}\" has a binding \"{binding.Name}\" without a target port, "
                    + "so the container's port is unknown. Give it one in the app model.");
            ports[binding.Name] = new(
                Names.Port(binding.Name), IsUnserved(resource, binding) ? "http" : binding.Scheme, binding.Port ?? target, target,
                binding.Protocol.ToUpperInvariant(), AppProtocol(binding), binding.IsHttp,
                binding.External);
        }

        foreach (var binding in unserved)
        {
            var stand = resource.Bindings.Except(unserved).FirstOrDefault(b => b.Scheme == "http") ?? resource.Bindings.Except(unserved).First();
            ports[binding.Name] = ports[stand.Name];
            if (binding.External && !ports[stand.Name].IsExternal)
                ports[stand.Name] = ports[binding.Name] = ports[stand.Name] with { IsExternal = true };
        }

        Check(resource, ports.Values.Distinct());
        return ports;
    }

    private static void Check(ComputeResource resource, IEnumerable<Port> ports)
    {
        var twice = ports.GroupBy(p => (p.ServicePort, p.Protocol)).FirstOrDefault(g => g.DistinctBy(p => p.ContainerPort).Skip(1).Any());
        if (twice is not null)
        {
            throw new AspirateException(
                $"The resource \"{resource.Name}\" has several bindings for the port {twice.Key.ServicePort}, which lead to different "
                + $"ports of its container: {string.Join(", ", twice.Select(p => p.Name))}. Give each its own port in the app model.");
        }
    }

    private static int? NextFree(HashSet<int> taken)
    {
        var port = FirstFree;
        while (!taken.Add(port))
            port++;
        return port;
    }

    private static bool IsUnserved(ComputeResource resource, Binding binding) =>
        binding is { Scheme: "https", TargetPort: null } && resource is ProjectResource && !IsTold(resource, binding);

    private static bool IsTold(ComputeResource resource, Binding binding) =>
        resource.Environment.Values.Concat(resource.Arguments)
            .Any(t => t.Contains($"{{{resource.Name}.bindings.{binding.Name}.targetPort}}", StringComparison.Ordinal));

    /// <summary>The application protocol for proxies and meshes, by Kubernetes' own names.</summary>
    private static string? AppProtocol(Binding binding) => binding switch
    {
        { Transport: "http2", Scheme: "http" } => Port.Http2,
        { Scheme: "http" or "https" } => "http",
        _ => null,
    };
}
