using k8s.Models;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>
/// When a container gets traffic and when it is restarted. The startup probe waits for a slow start. Then readiness reacts within half a minute,
/// and liveness restarts only what has not answered for two minutes: on a busy node a container that is slow would be slower after a restart.
/// </summary>
internal sealed record Probes(V1Probe? Startup, V1Probe? Readiness, V1Probe? Liveness)
{
    /// <summary>In seconds. There is one of a server, so taking it out of traffic helps nobody.</summary>
    public const int ServerReadyTimeout = 10;

    private const string ReadyPath = "/health", AlivePath = "/alive";

    private const int StartPeriod = 2, DefaultStartSeconds = 180, ReadyPeriod = 5, ReadyTimeout = 5, ReadyFailures = 3, AlivePeriod = 20, AliveTimeout = 10, AliveFailures = 6;

    /// <exception cref="AspirateException">The settings ask for what the resource does not have.</exception>
    public static Probes Of(Workload workload)
    {
        var settings = workload.Settings.Probes ?? new();
        var start = settings.StartSeconds ?? DefaultStartSeconds;
        if (settings.Kind == ProbeKind.None)
            return new(null, null, null);
        if (settings.Command is { } command)
            return Of(() => Exec(command), () => Exec(command), start);

        var ports = PortsOf(workload, settings.Binding);
        if (settings is { Kind: ProbeKind.Http } or { Ready: not null } or { Alive: not null })
        {
            var http = ports.Find(p => p is { IsHttp: true, AppProtocol: not Port.Http2 }) ?? throw Without(workload, "an HTTP binding");
            var isProject = workload.Resource is Manifests.ProjectResource;
            return Of(
                Http(workload, http, settings.Ready ?? (isProject ? ReadyPath : "/")),
                Http(workload, http, settings.Alive ?? settings.Ready ?? (isProject ? AlivePath : "/")),
                start);
        }

        if (ports.Count == 0)
            return settings.Kind is null ? new(null, null, null) : throw Without(workload, "a TCP binding");
        // Whether a stock image or project has addresses that tell its health is not known: one that is wrong would restart it for ever.
        V1Probe Connection() => Tcp(workload, ports[0]);
        return workload.Profile.IsServer
            ? Of(() => workload.Profile.Ready is { } ready ? Exec(ready) : Connection(), Connection, start, ServerReadyTimeout)
            : Of(Connection, Connection, start);
    }

    private static List<Port> PortsOf(Workload workload, string? binding) => binding is null
        ? [.. workload.Ports.Where(p => p.Protocol == "TCP")]
        : [workload.PortOf.GetValueOrDefault(binding)
            ?? throw new AspirateException(
                $"The setting resources.{workload.Resource.Name}.probes.binding names no binding of it: \"{binding}\". "
                + $"Give one of {string.Join(", ", workload.PortOf.Keys.DefaultIfEmpty("none"))}.")];

    private static AspirateException Without(Workload workload, string binding) => new(
        $"The setting resources.{workload.Resource.Name}.probes needs {binding}, and it has none. Add one in the app model, or give \"none\" or a command.");

    private static Probes Of(Func<V1Probe> ready, Func<V1Probe> alive, int start, int readyTimeout = ReadyTimeout) => new(
        With(alive(), StartPeriod, AliveTimeout, Math.Max(1, start / StartPeriod)),
        With(ready(), ReadyPeriod, readyTimeout, ReadyFailures),
        With(alive(), AlivePeriod, AliveTimeout, AliveFailures));

    private static V1Probe With(V1Probe probe, int period, int timeout, int failures)
    {
        (probe.PeriodSeconds, probe.TimeoutSeconds, probe.FailureThreshold) = (period, timeout, failures);
        return probe;
    }

    private static Func<V1Probe> Http(Workload workload, Port port, string path) =>
        () => new() { HttpGet = new() { Path = path, Port = workload.NameInContainer(port), Scheme = port.Scheme == "https" ? "HTTPS" : null } };

    private static V1Probe Tcp(Workload workload, Port port) => new() { TcpSocket = new() { Port = workload.NameInContainer(port) } };

    private static V1Probe Exec(IReadOnlyList<string> command) => new() { Exec = new() { Command = [.. command] } };
}
