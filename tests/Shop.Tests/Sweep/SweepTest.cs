using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using MsaAspire.Faults;
using Xunit;

namespace Shop.Tests.Sweep;

/// <summary>
/// Kills processes of the shop (SIGKILL) one after the other while customers order, and audits the books. Environment: <c>SWEEP_KILLS</c>
/// and <c>SWEEP_SEED</c>, which makes a run the same again: the same kills and the same orders.
/// </summary>
public abstract class SweepTest(ShopFixture shop) : ShopTest(shop)
{
    private static readonly TimeSpan s_stepLimit = TimeSpan.FromSeconds(20), s_restartLimit = TimeSpan.FromSeconds(90);

    // A charge that was under way when payment died is taken up after its lease of 15 s; a refused event waits up to a minute.
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromMinutes(3);

    /// <param name="kills">How many, unless SWEEP_KILLS says otherwise.</param>
    protected async Task SweepAsync(int kills)
    {
        kills = int.TryParse(Environment.GetEnvironmentVariable("SWEEP_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : kills;
        var seed = Seed.Of("SWEEP_SEED");
        var hooks = new EnvironmentCallbackAnnotation(FaultInjection.AddTo);
        await RestartServicesAsync(service => service.Annotations.Add(hooks));
        var books = new Books(Shop);
        var stockBefore = await books.StockAsync(Cancelled);
        var load = new SweepLoad(Shop.Gateway, seed);
        using var closing = new CancellationTokenSource();
        var customers = load.RunAsync(customers: 4, closing.Token, Cancelled);

        var killed = 0;
        foreach (var kill in SweepPlan.Of(Shop.Shape, seed, kills).Where(k => Shop.Instances(k.Resource).Count > 0))
        {
            await KillAsync(kill);
            Seed.Say($"{++killed}: {kill}; {load.Accepted.Count} orders accepted");
            Assert.False(customers.IsFaulted, customers.Exception?.ToString());
        }

        await closing.CancelAsync();
        await customers.WaitAsync(s_settleLimit, Cancelled);
        await SettleAsync(books);
        var faults = await books.AuditAsync(load.Accepted, stockBefore, Cancelled);
        Seed.Say($"{killed} kills, {load.Accepted.Count} orders accepted, {faults.Count} faults, SWEEP_SEED={seed}");
        // The shop is shared by other tests.
        await RestartServicesAsync(service => service.Annotations.Remove(hooks));
        Assert.True(faults.Count == 0, $"SWEEP_SEED={seed}\n{string.Join('\n', faults.Take(20))}");
        Assert.True(load.Accepted.Count > kills, $"Only {load.Accepted.Count} orders were accepted.");
    }

    /// <summary>Restarts the services with what kills them at a step, or without it: it is not part of the shop.</summary>
    private async Task RestartServicesAsync(Action<IResource> change)
    {
        var model = Shop.App.Services.GetRequiredService<DistributedApplicationModel>();
        foreach (var service in Shop.Shape.Services)
        {
            change(model.Resources.Single(r => r.Name == service));
            await Shop.CommandAsync(service, KnownResourceCommands.RestartCommand, Cancelled);
            await Shop.WaitUntilHealthyAsync([service], Cancelled);
        }
    }

    private async Task KillAsync(Kill kill)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_restartLimit);
        var before = Shop.ProcessId(kill.Resource);
        using var process = Process.GetProcessById(before);
        // The load runs for a while between two kills; nothing is waited for.
        await Task.Delay(kill.After, limit.Token);
        if (kill.Step is not null)
        {
            using var step = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            step.CancelAfter(s_stepLimit);
            var died = process.WaitForExitAsync(step.Token);
            var armed = ArmAsync(kill, before, step.Token);
            if (await Task.WhenAny(armed, died) == armed)
                await armed;
            await died.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Or the next process would be armed by what is still under way.
            await step.CancelAsync();
            Assert.True(process.HasExited, $"{kill}: the step was not reached within {s_stepLimit.TotalSeconds:0} s.\n{await Shop.DescribeAsync()}");
        }
        else
        {
            process.Kill();
        }

        var resource = kill.Resource.Replace("-process", "", StringComparison.Ordinal);
        await Shop.WaitForEndAsync(resource, limit.Token);
        await Shop.CommandAsync(resource, KnownResourceCommands.StartCommand, limit.Token);
        try
        {
            await Shop.WaitUntilHealthyAsync([resource], limit.Token);
        }
        catch (OperationCanceledException e) when (!Cancelled.IsCancellationRequested)
        {
            throw new TimeoutException($"{kill}: {resource} is not healthy within {s_restartLimit.TotalSeconds:0} s. Asked without DCP's proxy: {await OwnHealthAsync(resource)}", e);
        }
    }

    /// <summary>What the process itself answers at its own port.</summary>
    private async Task<string> OwnHealthAsync(string resource)
    {
        var url = Shop.Instances(resource).Single().Snapshot.EnvironmentVariables.SingleOrDefault(v => v.Name == "ASPNETCORE_URLS")?.Value;
        using var client = new HttpClient { Timeout = s_stepLimit };
        try
        {
            return url is null ? "it has no address" : await client.GetStringAsync(new Uri($"{url.Split(';')[0]}/health"), Cancelled);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return e.Message;
        }
    }

    // It may die before it has answered; DCP's proxy then holds the request until the next process answers it.
    private async Task ArmAsync(Kill kill, int pid, CancellationToken cancellation)
    {
        using var client = Shop.App.CreateHttpClient(kill.Resource, "http");
        try
        {
            using var armed = await client.PostAsync($"/faults/die-at?step={kill.Step}&pid={pid}", content: null, cancellation);
            Assert.True(armed.IsSuccessStatusCode, $"{kill}: {armed.StatusCode}");
        }
        catch (HttpRequestException)
        {
            // It was dead before it had answered.
        }
    }

    private static async Task SettleAsync(Books books)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_settleLimit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        // All events published, twice in a row: what was consumed meanwhile has had its own events published as well.
        for (var quiet = 0; quiet < 8 && !limit.IsCancellationRequested; await poll.WaitForNextTickAsync(Cancelled))
            quiet = await books.OpenOrdersAsync(Cancelled) == 0 && await books.OpenChargesAsync(Cancelled) == 0 && await books.UnpublishedAsync(Cancelled) == 0 ? quiet + 1 : 0;
    }
}
