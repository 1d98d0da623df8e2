using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Services.Tests;

public class BackgroundLoopRules
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_shows_in_health_until_the_work_runs_again()
    {
        using var host = await StartAsync(out var loop);
        Assert.Equal((HealthStatus.Healthy, null), await HealthAsync(host));

        loop.Fail("a bug");
        await loop.FailedTwice.Task.WaitAsync(s_limit, Cancelled);
        Assert.Equal((HealthStatus.Degraded, "test loop: a bug"), await HealthAsync(host));

        loop.Mend();
        await loop.Ran.Task.WaitAsync(s_limit, Cancelled);
        Assert.Equal((HealthStatus.Healthy, null), await HealthAsync(host));
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Work_that_ends_by_itself_is_a_fault_too()
    {
        using var host = await StartAsync(out var loop);
        loop.End();
        await loop.FailedTwice.Task.WaitAsync(s_limit, Cancelled);
        Assert.Equal((HealthStatus.Degraded, "test loop: it ended by itself"), await HealthAsync(host));
        await host.StopAsync(Cancelled);
    }

    private static Task<IHost> StartAsync(out Loop loop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        var created = loop = new Loop();
        builder.Services.AddBackgroundLoop(_ => created);
        return StartedAsync(builder.Build(), created);
    }

    private static async Task<IHost> StartedAsync(IHost host, Loop loop)
    {
        await host.StartAsync(Cancelled);
        await loop.Ran.Task.WaitAsync(s_limit, Cancelled);
        loop.Ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return host;
    }

    private static async Task<(HealthStatus, string?)> HealthAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled);
        return (report.Status, report.Entries.Single().Value.Description);
    }

    private sealed class Loop() : BackgroundLoop("test loop", NullLogger.Instance)
    {
        private TaskCompletionSource _work = New();
        private volatile Func<Task> _next = () => Task.CompletedTask;
        private volatile bool _mended = true;
        private int _failures;

        public TaskCompletionSource Ran { get; set; } = New();

        public TaskCompletionSource FailedTwice { get; } = New();

        public void Fail(string message) => Break(() => throw new InvalidOperationException(message));

        public void End() => Break(() => Task.CompletedTask);

        public void Mend() => _mended = true;

        protected override async Task RunAsync(CancellationToken stopping)
        {
            if (!_mended)
            {
                if (++_failures == 2)
                    FailedTwice.TrySetResult();
                await _next();
                return;
            }

            Running();
            Ran.TrySetResult();
            await _work.Task.WaitAsync(stopping);
            _work = New();
        }

        private void Break(Func<Task> next)
        {
            (_next, _mended) = (next, false);
            _work.TrySetResult();
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
