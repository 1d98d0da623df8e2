using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace MsaAspire.ServiceDefaults;

/// <summary>Registers background work.</summary>
public static class BackgroundLoops
{
    /// <summary>Starts the loop with the host and shows its faults in <c>/health</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="create">Creates the loop.</param>
    public static void AddBackgroundLoop<T>(this IServiceCollection services, Func<IServiceProvider, T> create)
        where T : BackgroundLoop
    {
        // One object in two roles: the host starts it, and health asks it.
        var key = new object();
        services.AddKeyedSingleton(key, (provider, _) => create(provider));
        services.AddSingleton<BackgroundLoop>(provider => provider.GetRequiredKeyedService<T>(key));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<T>(key));
        if (services.All(s => s.ServiceType != typeof(LoopsHealth)))
        {
            services.AddSingleton<LoopsHealth>();
            services.AddHealthChecks().AddCheck<LoopsHealth>("background work");
        }
    }

    private sealed class LoopsHealth(IEnumerable<BackgroundLoop> loops) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var faults = (from loop in loops let fault = loop.Fault where fault is not null select (loop.FaultStatus, Text: $"{loop.Name}: {fault}")).ToList();
            return Task.FromResult(faults.Count == 0
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(faults.Min(f => f.FaultStatus), string.Join("; ", faults.Select(f => f.Text))));
        }
    }
}
