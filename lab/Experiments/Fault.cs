using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Running;
using Npgsql;

namespace MsaAspire.Lab.Experiments;

/// <summary>The target of a fault.</summary>
/// <param name="System">The shop, with its fault hooks.</param>
/// <param name="Supervisor">Restarts processes that have ended.</param>
/// <param name="Target">The resource that payment runs in.</param>
/// <param name="Fault">What happens.</param>
/// <param name="Round">From 1.</param>
internal sealed record FaultContext(ShopSystem System, Supervisor Supervisor, string Target, Fault Fault, int Round);

/// <summary>A way for payment to fail. The hooks are in <c>lab/Faults</c>, the same code in both shapes.</summary>
internal abstract class Fault(string key)
{
    public static IReadOnlyList<Fault> All { get; } = [new CrashLoop(), new Leak(), new Spin(), new Hang(), new DatabaseGone()];

    public string Key => key;

    /// <summary>
    /// The limit of the managed heap in bytes, like a container's memory limit: about four times what payment and the monolith need
    /// at this load.
    /// </summary>
    public static long MemoryLimit(string shape) => (shape == Shapes.Monolith ? 320L : 96L) * 1024 * 1024;

    /// <summary>Injects the fault for that long.</summary>
    /// <returns>Null, or why it had no effect.</returns>
    public abstract Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Null, or why the requests show that it had no effect.</summary>
    public virtual string? Missing(Trial trial) => null;

    /// <summary>Calls a hook; false when nobody answered.</summary>
    protected static async Task<bool> TellAsync(FaultContext context, string hook, CancellationToken cancellation)
    {
        using var client = context.System.ClientOf(context.Target);
        try
        {
            using var answer = await client.PostAsync($"/faults/{hook}", content: null, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Calls a hook again and again, for each new process once.</summary>
    protected static async Task<string?> EachProcessAsync(
        FaultContext context, string hook, TimeSpan duration, CancellationToken cancellation)
    {
        var restarts = context.Supervisor.Restarts;
        var told = 0;
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var until = DateTime.UtcNow + duration; DateTime.UtcNow < until; await poll.WaitForNextTickAsync(cancellation))
        {
            var running = context.System.ProcessIds(context.Target);
            if (running is [var process] && process != told && await TellAsync(context, hook, cancellation))
                told = process;
        }

        return context.Supervisor.Restarts > restarts ? null : "its process did not end.";
    }
}

internal sealed class CrashLoop() : Fault("crash-loop")
{
    public override Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation) =>
        EachProcessAsync(context, "crash?after=0.5", duration, cancellation);
}

internal sealed class Leak() : Fault("leak")
{
    public override Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation) =>
        EachProcessAsync(context, "leak?megabytesPerSecond=100", duration, cancellation);
}

internal sealed class Spin() : Fault("spin")
{
    public override async Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation)
    {
        var before = Cpu(context);
        if (!await TellAsync(context, $"spin?seconds={duration.TotalSeconds:0}", cancellation))
            return "its process did not answer.";
        await Task.Delay(duration, cancellation);
        var cores = (Cpu(context) - before) / duration;
        return cores > 0.5 ? null : $"its process used {cores:0.0} cores.";
    }

    private static TimeSpan Cpu(FaultContext context)
    {
        using var process = System.Diagnostics.Process.GetProcessById(context.System.ProcessIds(context.Target).Single());
        return process.TotalProcessorTime;
    }
}

internal sealed class Hang() : Fault("hang")
{
    public override async Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation)
    {
        if (!await TellAsync(context, $"hang?seconds={duration.TotalSeconds:0}", cancellation))
            return "its process did not answer.";
        await Task.Delay(duration, cancellation);
        return null;
    }

    public override string? Missing(Trial trial) => trial.DelayedOrders > 0 ? null : "no order was delayed.";
}

internal sealed class DatabaseGone() : Fault("database-gone")
{
    public override async Task<string?> HappenAsync(FaultContext context, TimeSpan duration, CancellationToken cancellation)
    {
        var database = context.System.Plan.Shape == Shapes.Monolith ? "shopdb" : "paymentdb";
        await using var server = NpgsqlDataSource.Create(await context.System.App.GetConnectionStringAsync("postgres", cancellation) ?? "");
        await ExecuteAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        try
        {
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
            await Task.Delay(duration, cancellation);
        }
        finally
        {
            await ExecuteAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
        }

        return null;

        async Task ExecuteAsync(string sql)
        {
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    public override string? Missing(Trial trial) =>
        trial.DelayedOrders > 0 || trial.Lost(Operations.Order) > 0 ? null : "no order was delayed or lost.";
}

internal static class MemoryLimits
{
    public static void WithMemoryLimit(this IResourceBuilder<ProjectResource> service, long bytes) =>
        service.WithEnvironment("DOTNET_GCHeapHardLimit", "0x" + bytes.ToString("x"));
}
