using System.Diagnostics;
using Benchmarks.Messages;
using MsaAspire.Testing;
using Npgsql;
using Spectre.Console;

namespace Benchmarks.Sweep;

/// <summary>
/// The kill sweep in its small form, over Wolverine: a publisher and a consumer under load, one of them killed (SIGKILL) and started again, many
/// times; then each business row must have exactly one effect.
/// </summary>
internal static class WolverineSweep
{
    /// <summary>Longer than several rounds of Wolverine's recovery, which has a hundred messages each five seconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(int kills, int seed, CancellationToken cancellation)
    {
        AnsiConsole.WriteLine($"Seed {seed}. Starting PostgreSQL and RabbitMQ ...");
        await using var servers = await BareServers.StartAsync(cancellation);
        await using var database = NpgsqlDataSource.Create($"{servers.Postgres};Maximum Pool Size=4");
        await using (var create = database.CreateCommand($"{EntryWritten.CreateTable}; {SweepAudit.CreateTable}"))
            await create.ExecuteNonQueryAsync(cancellation);
        // The consumer declares the queue.
        var nodes = new Dictionary<string, Process> { [SweepNode.Consumer] = Start(SweepNode.Consumer, servers), [SweepNode.Publisher] = Start(SweepNode.Publisher, servers) };
        try
        {
            await UnderLoadAsync(nodes, new(0, 0, 0, 0), database, cancellation);
            await KillAsync(nodes, kills, new Random(seed), servers, database, cancellation);
            await nodes[SweepNode.Publisher].StandardInput.WriteLineAsync("enough");
            await nodes[SweepNode.Publisher].StandardInput.FlushAsync(cancellation);
            var stopped = Stopwatch.GetTimestamp();
            var audit = await SweepAudit.SettledAsync(database, s_patience, cancellation);
            AnsiConsole.WriteLine($"{kills} kills, seed {seed}: {audit.Accepted:N0} accepted, {audit.Handled:N0} handled, {audit.Lost} lost, {audit.Doubled} doubled, "
                + $"{audit.Ghosts} without a business row; audited {Stopwatch.GetElapsedTime(stopped).TotalSeconds:0} s after the last write");
            return audit is { Lost: 0, Doubled: 0, Ghosts: 0 } ? 0 : 1;
        }
        finally
        {
            foreach (var node in nodes.Values)
                End(node);
        }
    }

    private static async Task KillAsync(
        Dictionary<string, Process> nodes, int kills, Random random, BareServers servers, NpgsqlDataSource database, CancellationToken cancellation)
    {
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(random.Next(500, 3000), cancellation);
            var role = random.Next(2) == 0 ? SweepNode.Publisher : SweepNode.Consumer;
            var audit = await SweepAudit.ReadAsync(database, cancellation);
            End(nodes[role]);
            nodes[role] = Start(role, servers);
            AnsiConsole.WriteLine($"kill {kill}: {role}, {audit.Accepted:N0} accepted and {audit.Handled:N0} handled before");
            await UnderLoadAsync(nodes, audit, database, cancellation);
        }
    }

    /// <summary>Until both do their work again: a kill during the start of a process would find nothing under way.</summary>
    private static async Task UnderLoadAsync(Dictionary<string, Process> nodes, SweepAudit before, NpgsqlDataSource database, CancellationToken cancellation)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(200, cancellation))
        {
            var (now, ended) = (await SweepAudit.ReadAsync(database, cancellation), nodes.FirstOrDefault(n => n.Value.HasExited));
            if (now.Accepted > before.Accepted && now.Handled > before.Handled)
                return;
            if (ended.Value is not null)
                throw new InvalidOperationException($"The {ended.Key} ended by itself with the exit code {ended.Value.ExitCode}.");
            if (Stopwatch.GetElapsedTime(since) > s_patience)
                throw new TimeoutException($"Nothing more was accepted and handled for {s_patience.TotalSeconds:0} s: {now}.");
        }
    }

    private static Process Start(string role, BareServers servers) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["wolverine-node", role])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        Environment = { [SweepNode.Postgres] = servers.Postgres, [SweepNode.Broker] = servers.RabbitMQ },
    })!;

    private static void End(Process node)
    {
        using (node)
        {
            node.Kill();
            node.WaitForExit();
        }
    }
}
