using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Registers what runs the application model on this machine.</summary>
internal static class OrchestrationServices
{
    public static void AddOrchestration(this IDistributedApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(sp => new ResourceCommandService(
            sp.GetRequiredService<ResourceNotificationService>(), sp.GetRequiredService<ResourceLoggerService>(), sp));
        services.AddSingleton<DcpHost>();
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<ParameterStates>();
        services.AddSingleton<ValueResources>();
        services.AddSingleton<ResourceUrls>();
        services.AddSingleton<ResourceHierarchy>();
        services.AddSingleton(sp => ActivatorUtilities.CreateInstance<ApplicationOrchestrator>(sp, AppHostConfiguration.Of(builder.AppHostAssembly)));
        services.AddHostedService<OrchestratorHostService>();
        // DCP takes a moment to come up; everybody else's preparations take place meanwhile.
        builder.Eventing.Subscribe<BeforeStartEvent>((e, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = e.Services.GetRequiredService<DcpHost>().StartAsync();
            return Task.CompletedTask;
        });

        // Without a dashboard nobody is there to start a failed dependency again, so waiting for it would only hide the failure.
        services.AddOptions<ResourceNotificationServiceOptions>().Configure<DistributedApplicationOptions>((waits, application) =>
            waits.DefaultWaitBehavior = application.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);

        // A failed start ends with its message; the host would put a stack trace before it.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));

        // The dashboard must come up while resources still wait for each other, and one slow service must not hold up the stop of the others.
        services.Configure<HostOptions>(options =>
        {
            options.ServicesStartConcurrently = true;
            options.ServicesStopConcurrently = true;
        });
    }
}
