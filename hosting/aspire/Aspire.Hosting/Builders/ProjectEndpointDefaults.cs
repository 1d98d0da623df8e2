using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>The endpoints a project has without being told: those of its launch profile in a run, http and https when it is published.</summary>
internal static class ProjectEndpointDefaults
{
    public static void WithRunDefaults(this IResourceBuilder<ProjectResource> builder, NamedLaunchProfile? profile, KestrelEndpoints kestrel)
    {
        if (!kestrel.Any)
        {
            builder.WithEnvironment(context => ProjectEnvironment.SetUrls(builder, context));
        }

        if (profile is null)
        {
            return;
        }

        // Kestrel's configuration overrides the addresses of the launch profile, here as in `dotnet run`.
        if (!kestrel.Any)
        {
            AddEndpoints(builder, profile, kestrel);
            ApplyLaunchUrl(builder, profile.Profile.LaunchUrl);
        }

        if (profile.Profile.CommandLineArgs is { Length: > 0 } arguments)
        {
            builder.WithArgs([.. CommandLine.Split(arguments)]);
        }

        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (name, value) in profile.Profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    public static void WithPublishDefaults(this IResourceBuilder<ProjectResource> builder, NamedLaunchProfile? profile, KestrelEndpoints kestrel)
    {
        if (!kestrel.Any)
        {
            builder.WithEnvironment(context => ProjectEnvironment.SetPorts(builder, context));
        }

        // Only what listens in development is taken for a web project.
        if (profile?.Profile.ApplicationUrl is null && !kestrel.Any)
        {
            return;
        }

        var http = GetOrAdd(builder, "http", kestrel);
        var https = GetOrAdd(builder, "https", kestrel);
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
    }

    private static void AddEndpoints(IResourceBuilder<ProjectResource> builder, NamedLaunchProfile profile, KestrelEndpoints kestrel)
    {
        var urls = profile.Profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        foreach (var group in urls.Select(BindingAddress.Parse).Index().GroupBy(u => u.Item.Scheme).SelectMany(Named).OrderBy(e => e.Index))
        {
            builder.WithEndpoint(group.Name, endpoint =>
            {
                endpoint.Port = group.Address.Port;
                endpoint.TargetHost = ProjectDefaults.TargetHostOf(group.Address);
                endpoint.UriScheme = group.Address.Scheme;
                endpoint.FromLaunchProfile = true;
                kestrel.SetTransport(endpoint);
            });
        }

        // http, http2, http3: the first keeps the plain name that others refer to.
        static IEnumerable<(int Index, string Name, BindingAddress Address)> Named(IGrouping<string, (int Index, BindingAddress Item)> group) =>
            group.Select((u, i) => (u.Index, i == 0 ? group.Key : $"{group.Key}{i + 1}", u.Item));
    }

    private static void ApplyLaunchUrl(IResourceBuilder<ProjectResource> builder, string? launchUrl)
    {
        if (string.IsNullOrEmpty(launchUrl) || !Uri.TryCreate(launchUrl, UriKind.RelativeOrAbsolute, out var launch))
        {
            return;
        }

        builder.WithUrls(context =>
        {
            foreach (var link in context.Urls.Where(u => u.Endpoint?.EndpointAnnotation.FromLaunchProfile == true))
            {
                link.Url = new Uri(new Uri(link.Url), launch).ToString();
            }
        });
    }

    private static EndpointAnnotation GetOrAdd(IResourceBuilder<ProjectResource> builder, string scheme, KestrelEndpoints kestrel)
    {
        if (Find() is { } existing)
        {
            return existing;
        }

        builder.WithEndpoint(scheme, endpoint =>
        {
            endpoint.UriScheme = scheme;
            kestrel.SetTransport(endpoint);
            if (scheme == "https")
            {
                ProjectEndpointsAnnotation.Of(builder.Resource).DefaultHttps = endpoint;
            }
        });
        return Find()!;

        EndpointAnnotation? Find() => builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.UriScheme == scheme || e.Name == scheme);
    }
}
