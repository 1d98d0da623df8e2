using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The section <c>Kestrel</c> of a project's own configuration.</summary>
internal sealed class KestrelEndpoints
{
    private const string Http2 = "Http2";
    private readonly List<Entry> _entries;
    private readonly bool _http2ByDefault;

    private KestrelEndpoints(IConfiguration configuration, bool excluded)
    {
        _http2ByDefault = configuration["Kestrel:EndpointDefaults:Protocols"] == Http2;
        _entries = excluded ? [] : [.. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null)
            .Select(section => new Entry(section.Key, BindingAddress.Parse(section["Url"]!), section["Protocols"]))];
    }

    private sealed record Entry(string Key, BindingAddress Address, string? Protocols);

    public bool Any => _entries.Count > 0;

    public static KestrelEndpoints Read(ProjectResource project, bool excluded)
    {
        var folder = Path.GetDirectoryName(project.GetProjectMetadata().ProjectPath)!;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return new KestrelEndpoints(
            new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true)
                .AddJsonFile(Path.Combine(folder, $"appsettings.{environment}.json"), optional: true)
                .Build(),
            excluded);
    }

    /// <summary>Adds the configured endpoints, named after their scheme where it is the only one of that scheme, else after their key.</summary>
    public void AddTo(IResourceBuilder<ProjectResource> builder)
    {
        var publish = builder.ApplicationBuilder.ExecutionContext.IsPublishMode;
        foreach (var group in _entries.GroupBy(e => e.Address.Scheme))
        {
            var single = group.Count() == 1;
            foreach (var entry in group)
            {
                builder.WithEndpoint(single ? group.Key : entry.Key, endpoint =>
                {
                    // Deployed, the outer port belongs to the platform; in a run a fixed target port would break replicas.
                    if (publish)
                    {
                        endpoint.TargetPort = entry.Address.Port;
                    }
                    else
                    {
                        endpoint.Port = entry.Address.Port;
                    }

                    endpoint.UriScheme = entry.Address.Scheme;
                    endpoint.TargetHost = ProjectDefaults.TargetHostOf(entry.Address);
                    SetTransport(endpoint, entry.Protocols);
                    ProjectEndpointsAnnotation.Of(builder.Resource).KestrelHosts[endpoint] = endpoint.TargetHost;
                });
            }
        }
    }

    /// <summary>Marks an endpoint as HTTP/2 if the configuration says so, for it or for all.</summary>
    public void SetTransport(EndpointAnnotation endpoint, string? protocols = null)
    {
        if (protocols is null ? _http2ByDefault : protocols == Http2)
        {
            endpoint.Transport = "http2";
        }
    }
}
