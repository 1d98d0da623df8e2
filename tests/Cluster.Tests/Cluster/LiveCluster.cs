using System.Globalization;
using Xunit;

namespace Cluster.Tests.Cluster;

/// <summary>What the exported shop promises, in a real cluster.</summary>
public sealed class LiveCluster(LiveShop shop) : IClassFixture<LiveShop>, IAsyncLifetime
{
    /// <summary>As many as an even split would not miss by chance: with 400 requests a fifth is nine standard deviations away from a half.</summary>
    private const int BalanceRequests = 400;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500), s_limit = TimeSpan.FromSeconds(120), s_outage = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(shop.Problem is not null, shop.Problem ?? "");
        await shop.SettleAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [LongFact]
    public async Task All_is_deleted_but_the_data_and_starts_again_with_it()
    {
        var order = await shop.Client.PlaceAsync();
        Assert.Equal("Confirmed", await shop.Client.OutcomeAsync(order));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var destroyed = await shop.DestroyAsync();
        Say($"all deleted in {watch.Elapsed.TotalSeconds:0.0} s");
        var left = await shop.LeftAsync();
        Assert.NotEmpty(left);
        Assert.All(left, name => Assert.StartsWith("persistentvolumeclaim/", name, StringComparison.Ordinal));
        Assert.All(left, name => Assert.Contains(name, destroyed.Output, StringComparison.Ordinal));

        Say($"all started in {(await shop.ApplyAsync(shop.Tree)).TotalSeconds:0.0} s");
        Assert.Equal("Confirmed", await shop.Client.OutcomeAsync(order));
    }

    [LongFact]
    public async Task A_pod_that_is_deleted_and_a_process_that_is_killed_are_replaced_and_no_accepted_order_is_lost()
    {
        await using var load = Load.On(shop.Client);
        var before = await shop.PodsOfAsync("ordering");
        await shop.Kubectl.RunAsync(["delete", "pod", before[0], "--namespace", LiveShop.Namespace, "--grace-period=0", "--force"], Cancelled);
        var pod = (await shop.PodsOfAsync("payment"))[0];
        await KillAsync(pod);

        await UntilAsync($"the container of {pod} is restarted", async () => await RestartsOfAsync(pod) > 0);
        await shop.SettleAsync();
        Assert.DoesNotContain(before[0], await shop.PodsOfAsync("ordering"));
        var outcomes = await load.OutcomesAsync();
        Say($"{load.Sent} requests, {load.Failures.Count} failed, {outcomes.Count} orders");
        Assert.NotEmpty(outcomes);
        // What was under way in the killed pod may fail; the shop does not.
        Assert.True(load.Failures.Count <= load.Sent / 20, string.Join('\n', load.Failures.Take(10)));
    }

    [LongFact]
    public async Task Orders_are_accepted_while_there_is_no_broker_and_no_pod_leaves_its_service()
    {
        await using var load = Load.On(shop.Client);
        await ScaleBrokerAsync(0);
        await UntilAsync("the broker's pod is gone", async () => (await shop.Kubectl.GetAsync("pods", LiveShop.Namespace, "app.kubernetes.io/name=broker", Cancelled)).Count == 0);
        // As long as probes need to take a pod out of its Service, and longer.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await UntilAsync("the shop has been without a broker for a while", () => Task.FromResult(watch.Elapsed > s_outage));
        var ready = (await shop.GetAsync("deployments")).GetProperty("items").EnumerateArray()
            .All(d => d.GetProperty("status").TryGetProperty("readyReplicas", out var replicas) && replicas.GetInt32() == d.GetProperty("spec").GetProperty("replicas").GetInt32());
        await ScaleBrokerAsync(1);
        Assert.True(ready, "A pod was not ready while the broker was gone.");
        await shop.SettleAsync();

        var outcomes = await load.OutcomesAsync();
        Say($"{load.Sent} requests, {load.Failures.Count} failed, {outcomes.Count} orders");
        Assert.NotEmpty(outcomes);
        Assert.Empty(load.Failures);
        Assert.All(outcomes, outcome => Assert.Equal("Confirmed", outcome));
    }

    [LongFact]
    public async Task A_rolling_update_under_load_fails_no_request()
    {
        var next = await shop.ExportAsync("second", build: true);
        await using var load = Load.On(shop.Client);
        await UntilAsync("the load is there", () => Task.FromResult(load.Sent > 50));
        await ThenRestoreAsync(async () =>
        {
            var duration = await shop.ApplyAsync(next);
            Say($"updated in {duration.TotalSeconds:0.0} s");
            // The old pods drain after the new ones are ready.
            foreach (var workload in new[] { "gateway", "catalog", "ordering", "web" })
            {
                await UntilAsync(
                    $"the old pods of {workload} are gone",
                    async () => (await shop.Kubectl.GetAsync("pods", LiveShop.Namespace, $"app.kubernetes.io/name={workload}", Cancelled)).Count == 2);
            }

            return duration;
        });

        var outcomes = await load.OutcomesAsync();
        Say(
            $"{load.Sent} requests, {load.Failures.Count} failed, {outcomes.Count} orders, of these confirmed "
            + $"{outcomes.Count(o => o == "Confirmed")}");
        Assert.Empty(load.Failures);
        Assert.All(outcomes, outcome => Assert.Equal("Confirmed", outcome));
    }

    [LongFact]
    public async Task A_bad_image_is_named_while_the_version_before_serves_and_is_rolled_back()
    {
        var bad = await shop.ExportAsync("of-nobody", build: false);
        await using var load = Load.On(shop.Client);

        // The tests that follow need the good image, whatever this one finds.
        var result = await ThenRestoreAsync(() => shop.TryApplyAsync(bad, 40));
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("ImagePullBackOff|ErrImagePull", result.Error);

        var outcomes = await load.OutcomesAsync();
        Say($"{load.Sent} requests, {load.Failures.Count} failed, {outcomes.Count} orders");
        Assert.Empty(load.Failures);
    }

    [LongFact]
    public async Task Requests_are_spread_over_the_replicas()
    {
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in await shop.PodsOfAsync("gateway"))
            before[pod] = await ProcessorTimeAsync(pod);
        Assert.Equal(2, before.Count);

        for (var i = 0; i < BalanceRequests; i++)
            (await shop.Client.Http.GetAsync("api/products?pageSize=5", Cancelled)).EnsureSuccessStatusCode().Dispose();

        var used = new List<int>();
        foreach (var (pod, time) in before)
            used.Add(await ProcessorTimeAsync(pod) - time);
        Say($"processor time of the two gateways for {BalanceRequests} requests: {string.Join(" and ", used)} ticks");
        Assert.All(used, time => Assert.True(time * 5 >= used.Sum(), $"{time} of {used.Sum()} ticks"));
    }

    /// <summary>Applies the first version again, also when <paramref name="change"/> fails.</summary>
    private async Task<T> ThenRestoreAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            await shop.ApplyAsync(shop.Tree);
        }
    }

    private Task<string> ScaleBrokerAsync(int replicas) =>
        shop.Kubectl.RunAsync(["scale", "statefulset/broker", "--namespace", LiveShop.Namespace, $"--replicas={replicas}"], Cancelled);

    /// <summary>Of the pod's process, in clock ticks; the field after the command and eleven others, by proc(5).</summary>
    private async Task<int> ProcessorTimeAsync(string pod)
    {
        var stat = await shop.Kubectl.RunAsync(["exec", pod, "--namespace", LiveShop.Namespace, "--", "cat", "/proc/1/stat"], Cancelled);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[11], CultureInfo.InvariantCulture) + int.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <summary>With SIGKILL where this machine is the node, else from within, where the first process takes no more than SIGTERM.</summary>
    private async Task KillAsync(string pod)
    {
        var uid = (await shop.GetAsync($"pod/{pod}")).GetProperty("metadata").GetProperty("uid").GetString()!;
        var own = Directory.Exists("/proc") ? NodeProcesses.Of(uid) : [];
        foreach (var process in own)
            NodeProcesses.Kill(process);
        if (own.Count == 0)
            await shop.Kubectl.RunAsync(["exec", pod, "--namespace", LiveShop.Namespace, "--", "sh", "-c", "kill -TERM 1"], Cancelled);
    }

    private async Task<int> RestartsOfAsync(string pod) =>
        (await shop.GetAsync($"pod/{pod}")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("restartCount").GetInt32();

    private static async Task UntilAsync(string what, Func<Task<bool>> isTrue)
    {
        for (var deadline = DateTime.UtcNow + s_limit; !await isTrue(); await Task.Delay(s_poll, Cancelled))
            Assert.True(DateTime.UtcNow < deadline, $"Not within {s_limit.TotalSeconds:0} s: {what}.");
    }

    private static void Say(string what) => TestContext.Current.SendDiagnosticMessage(what);
}
