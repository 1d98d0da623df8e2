using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MsaAspire.Tools;

namespace Aspire.Hosting.Dashboard;

/// <summary>Adds the dashboard, what it reads from, and what keeps it running, to an AppHost in run mode.</summary>
internal static class DashboardServices
{
    internal static void AddDashboard(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => DashboardOptions.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<ResourceServiceHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResourceServiceHost>());
        builder.Services.AddHostedService<DashboardSupervisor>();
        builder.Services.AddHostedService<DashboardLogs>();
        builder.Services.AddSingleton<DashboardHealthCheck>();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            DashboardHealthCheck.Key, services => services.GetRequiredService<DashboardHealthCheck>(), failureStatus: null, tags: null));
        builder.Services.AddLogging(KeepInnerServerQuiet);

        builder.Eventing.Subscribe<BeforeStartEvent>((started, cancellationToken) => AddResourceAsync(builder, started, cancellationToken));
    }

    private static async Task AddResourceAsync(IDistributedApplicationBuilder builder, BeforeStartEvent started, CancellationToken cancellationToken)
    {
        var options = started.Services.GetRequiredService<DashboardOptions>();
        var path = options.BinaryPath;
        if (path is null)
        {
            var tools = await Toolbox.GetAspireAsync(builder.AppHostDirectory, new ConsoleProgress(), cancellationToken).ConfigureAwait(false);
            path = tools.DashboardPath;
        }

        var dashboard = DashboardResource.Create(path, options);
        var resourceService = started.Services.GetRequiredService<ResourceServiceHost>();
        dashboard.Annotations.Add(new EnvironmentCallbackAnnotation(
            context => DashboardEnvironment.FillAsync(context, options, resourceService, builder.Configuration)));
        var announced = 0;
        builder.Eventing.Subscribe<ResourceReadyEvent>(dashboard, (ready, _) =>
        {
            // Ready again after a restart, at the same address with the same token: no news.
            if (Interlocked.Exchange(ref announced, 1) == 0)
            {
                Announce(ready, options);
            }

            return Task.CompletedTask;
        });
        started.Model.Resources.Insert(0, dashboard);
    }

    // The console of the AppHost is for the application; its servers of its own speak up only when something is wrong.
    private static void KeepInnerServerQuiet(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Grpc", LogLevel.Error)
        .AddFilter(DashboardLogs.Category, LogLevel.Error);

    private static void Announce(ResourceReadyEvent ready, DashboardOptions options)
    {
        var url = DashboardResource.Frontend((IResourceWithEndpoints)ready.Resource).Url;
        var logger = ready.Services.GetRequiredService<ILogger<DistributedApplication>>();
        logger.LogInformation("Now listening on: {DashboardUrl}", url);
        if (options.BrowserToken is { } token)
        {
            logger.LogInformation("Login to the dashboard at {DashboardUrl}/login?t={BrowserToken}", url, token);
        }
    }
}
