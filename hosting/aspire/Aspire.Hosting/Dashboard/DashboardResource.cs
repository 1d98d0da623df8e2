using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard as a resource of the application it shows: an executable, hidden unless asked for.</summary>
internal static class DashboardResource
{
    public const string Name = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";

    public static ExecutableResource Create(string path, DashboardOptions options)
    {
        // It serves the static files that lie beside the binary.
        var dashboard = new ExecutableResource(Name, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        dashboard.Annotations.Add(new CommandLineArgsCallbackAnnotation(args => args.Add("dashboard")));
        foreach (var endpoint in FrontendEndpoints(options.FrontendUrls))
        {
            dashboard.Annotations.Add(endpoint);
        }

        if (options.OtlpHttpUrl is not null)
        {
            dashboard.Annotations.Add(Endpoint(OtlpHttpEndpoint, options.OtlpHttpUrl));
        }

        if (options.OtlpGrpcUrl is not null || options.OtlpHttpUrl is null)
        {
            dashboard.Annotations.Add(Endpoint(OtlpGrpcEndpoint, options.OtlpGrpcUrl, transport: "http2"));
        }

        dashboard.Annotations.Add(new StopsLastAnnotation());
        dashboard.Annotations.Add(new HealthCheckAnnotation(DashboardHealthCheck.Key));
        dashboard.Annotations.Add(new ResourceUrlsCallbackAnnotation(context => AddToken(context.Urls, options.BrowserToken)));
        dashboard.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot
        {
            ResourceType = "Executable",
            Properties = [],
            IsHidden = !options.ShowInResources,
        }));
        return dashboard;
    }

    /// <summary>The dashboard of an application; null when it has none.</summary>
    public static ExecutableResource? In(DistributedApplicationModel model) =>
        model.Resources.OfType<ExecutableResource>().FirstOrDefault(resource => resource.Name == Name);

    /// <summary>Where people reach the dashboard.</summary>
    public static EndpointReference Frontend(IResourceWithEndpoints dashboard) =>
        dashboard.GetEndpoint("https") is { Exists: true } https ? https : dashboard.GetEndpoint("http");

    /// <summary>An address of the dashboard with what signs its user in; the address itself where nobody has to sign in.</summary>
    public static string LoginUrl(string url, string? token) => token is null ? url : $"{url.TrimEnd('/')}/login?t={token}";

    private static IEnumerable<EndpointAnnotation> FrontendEndpoints(string? urls) =>
        (urls ?? "http://localhost:0")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .DistinctBy(url => BindingAddress.Parse(url).Scheme)
            .Select(url => Endpoint(BindingAddress.Parse(url).Scheme, url));

    // Behind DCP's proxy, so that the address stays the same when the dashboard is started again.
    private static EndpointAnnotation Endpoint(string name, string? url, string? transport = null)
    {
        var address = BindingAddress.Parse(url ?? "http://localhost:0");
        return new EndpointAnnotation(
            ProtocolType.Tcp, uriScheme: address.Scheme, transport: transport, name: name, port: address.Port is 0 ? null : address.Port, isProxied: true)
        {
            TargetHost = address.Host,
        };
    }

    private static void AddToken(List<ResourceUrlAnnotation> urls, string? token)
    {
        foreach (var url in urls.Where(url => token is not null && url.Endpoint?.EndpointName is "http" or "https"))
        {
            url.Url = LoginUrl(url.Url, token);
        }
    }
}
