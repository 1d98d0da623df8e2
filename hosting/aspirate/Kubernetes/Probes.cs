using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>
/// When a container gets traffic and when it is restarted. The startup probe waits for a slow start; then readiness reacts within seconds,
/// and liveness restarts only a container that has not answered for half a minute.
/// </summary>
internal sealed record Probes(V1Probe? Startup, V1Probe? Readiness, V1Probe? Liveness)
{
    private const string ReadyPath = "/health", AlivePath = "/alive";

    /// <summary>A command may start a whole Erlang machine on a busy node.</summary>
    private const int CommandTimeout = 15;

    private const int StartPeriod = 2, DefaultStartSeconds = 180, ReadyPeriod = 5, ReadyTimeout = 3, AlivePeriod = 10, AliveTimeout = 5, Failures = 3;

    public static Probes Of(Workload workload)
    {
        var settings = workload.Settings.Probes ?? new();
        var start = settings.StartSeconds ?? DefaultStartSeconds;
        if (settings.Command is { } command)
            return Commands(command, command, workload.Profile.ProbeSeconds, start);
        if (workload.Profile is { Ready: { } ready, Alive: { } alive })
            return Commands(ready, alive, workload.Profile.ProbeSeconds, start);

        var ports = workload.Ports.Where(p => p.Protocol == "TCP").ToList();
        if (settings.Binding is { } binding)
        {
            ports = [workload.PortOf.GetValueOrDefault(binding)
                ?? throw new AspirateException(
                    $"The setting resources.{workload.Resource.Name}.probes.binding names no binding of it: \"{binding}\". "
                    + $"Give one of {string.Join(", ", workload.PortOf.Keys.DefaultIfEmpty("none"))}.")];
        }

        if (ports.Find(p => p is { IsHttp: true, AppProtocol: not Port.Http2 }) is { } http)
        {
            var isProject = workload.Resource is Manifests.ProjectResource;
            return Requests(
                Http(workload, http, settings.Ready ?? (isProject ? ReadyPath : "/")),
                Http(workload, http, settings.Alive ?? settings.Ready ?? (isProject ? AlivePath : "/")),
                start);
        }

        return ports.FirstOrDefault() is { Protocol: "TCP" } tcp
            ? Requests(() => Tcp(workload, tcp), () => Tcp(workload, tcp), start)
            : new(null, null, null);
    }

    private static Probes Commands(IReadOnlyList<string> ready, IReadOnlyList<string> alive, int period, int start)
    {
        var often = Math.Max(StartPeriod, period / 3);
        return new(
            With(Exec(ready), often, CommandTimeout, Math.Max(1, start / often)),
            With(Exec(ready), period, CommandTimeout, Failures),
            With(Exec(alive), 2 * period, CommandTimeout, Failures));
    }

    private static Probes Requests(Func<V1Probe> ready, Func<V1Probe> alive, int start) => new(
        With(alive(), StartPeriod, AliveTimeout, Math.Max(1, start / StartPeriod)),
        With(ready(), ReadyPeriod, ReadyTimeout, Failures),
        With(alive(), AlivePeriod, AliveTimeout, Failures));

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
