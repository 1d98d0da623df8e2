using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What every project gets: its launch profile's and Kestrel's endpoints, telemetry, and the variables that ASP.NET Core reads.</summary>
internal static class ProjectDefaults
{
    // The order of these calls is the order of the variables in the manifest.
    public static IResourceBuilder<ProjectResource> WithProjectDefaults(this IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        var project = builder.Resource;
        var application = builder.ApplicationBuilder;
        RequireProjectFile(builder);
        builder.WithTelemetry();
        if (application.ExecutionContext.IsPublishMode)
        {
            builder.WithEnvironment(context =>
            {
                if (project.GetEndpoints().Any() && !project.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
                {
                    context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
                }
            });
        }

        ChooseLaunchProfile(builder, options);
        var profile = project.GetEffectiveLaunchProfile();
        var kestrel = KestrelEndpoints.Read(project, options.ExcludeKestrelEndpoints);
        kestrel.AddTo(builder);
        builder.WithEnvironment(context => ProjectEnvironment.OverrideKestrel(builder, context));
        if (application.ExecutionContext.IsRunMode)
        {
            builder.WithRunDefaults(profile, kestrel);
        }
        else
        {
            builder.WithPublishDefaults(profile, kestrel);
        }

        return builder;
    }

    /// <summary>The host as a process is to bind it: any loopback name is <c>localhost</c>, which covers both address families.</summary>
    public static string TargetHostOf(BindingAddress address) =>
        address.Host is "127.0.0.1" or "[::1]" or "localhost" || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? KnownHostNames.Localhost
            : address.Host;

    private static void WithTelemetry(this IResourceBuilder<ProjectResource> builder)
    {
        var application = builder.ApplicationBuilder;
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (application.ExecutionContext.IsRunMode && application.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter();
        if (application.ExecutionContext.IsRunMode)
        {
            // The dashboard shows colours, which .NET leaves out when its output is not a terminal.
            builder.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
            builder.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        }
    }

    private static void ChooseLaunchProfile(IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        var configuration = builder.ApplicationBuilder.Configuration;
        if (options.ExcludeLaunchProfile)
        {
            builder.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (options.LaunchProfileName is { Length: > 0 } chosen)
        {
            builder.WithAnnotation(new LaunchProfileAnnotation(chosen));
        }
        else if ((configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"]) is { Length: > 0 } ofAppHost)
        {
            builder.WithAnnotation(new DefaultLaunchProfileAnnotation(ofAppHost));
        }
    }

    private static void RequireProjectFile(IResourceBuilder<ProjectResource> builder)
    {
        var metadata = builder.Resource.GetProjectMetadata();
        var path = metadata.ProjectPath;
        if (metadata.LaunchSettings is not null || File.Exists(path))
        {
            return;
        }

        throw new DistributedApplicationException(Directory.Exists(path)
            ? $"The project of resource '{builder.Resource.Name}' is not clear: the folder {path} has none or several. Give the path of the project file."
            : $"The project of resource '{builder.Resource.Name}' does not exist: {path}. "
                + $"Correct the path, which is absolute or relative to {builder.ApplicationBuilder.AppHostDirectory}, "
                + "or build the AppHost again if the project has moved.");
    }
}
