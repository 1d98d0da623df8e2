using System.Globalization;
using System.Net;
using k8s.Models;
using Xunit;

namespace Cluster.Tests.Engine;

/// <summary>
/// The deployments of a tree as containers in one network, each under its Service's name and restricted as its pod would be: the user, the read-only
/// root file system, no capabilities. The servers are native and stand outside.
/// </summary>
internal sealed class EngineShop : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90), s_poll = TimeSpan.FromMilliseconds(300);

    private readonly string _network = $"cluster-tests-{Guid.NewGuid():N}"[..24];
    private readonly List<string> _containers = [];
    private readonly List<TcpForwarder> _forwarders = [];

    private EngineShop() { }

    /// <summary>Starts all; they look for each other and for the servers by themselves.</summary>
    /// <param name="tree">What to run.</param>
    /// <param name="servers">Where the servers are, by the name and port that the tree knows them by.</param>
    public static async Task<EngineShop> StartAsync(RenderedTree tree, IReadOnlyDictionary<(string Name, int Port), IPEndPoint> servers)
    {
        var shop = new EngineShop();
        try
        {
            await Docker.RunAsync("network", "create", shop._network);
            var gateway = IPAddress.Parse(
                await Docker.RunAsync(
                    "network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", shop._network));
            foreach (var ((_, port), target) in servers)
                shop._forwarders.Add(new(new(gateway, port), target));
            foreach (var deployment in tree.Deployments)
                await shop.RunAsync(tree, deployment, servers.Keys.Select(s => $"{s.Name}:{gateway}"));
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the container's port, from this machine.</summary>
    public async Task<HttpClient> ClientAsync(string name, int port)
    {
        var address = await Docker.RunAsync(
            "inspect", "--format", $"{{{{(index .NetworkSettings.Networks \"{_network}\").IPAddress}}}}", NameOf(name));
        return new() { BaseAddress = new($"http://{address}:{port}/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Waits until the readiness probe's path answers 200; says why not, with the container's last log lines.</summary>
    public async Task WaitForReadyAsync(V1Container container)
    {
        var probe = container.ReadinessProbe.HttpGet;
        using var client = await ClientAsync(container.Name, container.Ports.Single(p => p.Name == probe.Port.Value).ContainerPort);
        var state = "no answer";
        for (var deadline = DateTime.UtcNow + s_limit; DateTime.UtcNow < deadline; await Task.Delay(s_poll, TestContext.Current.CancellationToken))
        {
            try
            {
                using var answer = await client.GetAsync(probe.Path.TrimStart('/'), TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
                state = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
            }
            catch (HttpRequestException e)
            {
                state = e.Message;
            }
        }

        Assert.Fail($"{container.Name} is not ready after {s_limit.TotalSeconds:0} s: {state}\n{await LogOfAsync(container.Name)}");
    }

    public async Task<string> LogOfAsync(string name) => (await Docker.TryAsync(["logs", "--tail", "20", NameOf(name)])).Tail;

    /// <summary>SIGTERM, as the kubelet sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(string name)
    {
        await Docker.RunAsync("stop", "--time", "30", NameOf(name));
        return int.Parse(await Docker.RunAsync("inspect", "--format", "{{.State.ExitCode}}", NameOf(name)), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_containers.Count > 0)
            await Docker.TryAsync(["rm", "--force", "--volumes", .. _containers]);
        await Docker.TryAsync(["network", "rm", _network]);
        foreach (var forwarder in _forwarders)
            await forwarder.DisposeAsync();
    }

    private async Task RunAsync(RenderedTree tree, V1Deployment deployment, IEnumerable<string> hosts)
    {
        var pod = deployment.Spec.Template.Spec;
        var container = pod.Containers.Single();
        var environment = tree.EnvironmentOf(container);
        _containers.Add(NameOf(container.Name));
        var result = await Docker.TryAsync(
            [
                "run", "--detach", "--name", NameOf(container.Name), "--network", _network, "--network-alias", container.Name, "--pull", "always",
                "--read-only", "--user", $"{pod.SecurityContext.RunAsUser}:{pod.SecurityContext.RunAsGroup}",
                "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
                .. container.VolumeMounts.SelectMany(m => new[] { "--tmpfs", m.MountPath }), .. hosts.SelectMany(h => new[] { "--add-host", h }),
                // By name only, so that no value is on a command line.
                .. environment.Keys.SelectMany(name => new[] { "--env", name }), container.Image, .. container.Args ?? [],
            ],
            environment);
        Assert.True(result.ExitCode == 0, result.Tail);
    }

    private string NameOf(string workload) => $"{_network}-{workload}";
}
