using Benchmarks.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.RabbitMQ;
using Wolverine.Runtime;

namespace Benchmarks.Sweep;

/// <summary>A process of the sweep, which may be killed at any time: the publisher or the consumer, each with a Wolverine of its own.</summary>
internal static class SweepNode
{
    public const string Publisher = "publisher", Consumer = "consumer";
    public const string Postgres = "SWEEP_POSTGRES", Broker = "SWEEP_BROKER";

    private const string Queue = "sweep_wolverine";
    private const int Bytes = 400, Writers = 4;

    /// <summary>Of each writer: about 200 messages a second in all, so that every kill finds some under way and none wait for long.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A line on the standard input ends the writing, its end ends the process; so it ends with its parent.</summary>
    public static async Task<int> RunAsync(string role, CancellationToken cancellation)
    {
        await using var database = PeerDatabase.Create(Environment.GetEnvironmentVariable(Postgres) ?? "", connections: 24);
        using var host = WolverineHost.Build(database, Environment.GetEnvironmentVariable(Broker) ?? "", $"sweep_{role}", options =>
        {
            if (role == Publisher)
            {
                options.PublishMessage<EntryWritten>().ToRabbitQueue(Queue).UseDurableOutbox();
            }
            else
            {
                options.Discovery.IncludeType(typeof(EffectHandler));
                options.ListenToRabbitQueue(Queue).UseDurableInbox().MaximumParallelMessages(Writers);
            }
        });
        await host.StartAsync(cancellation);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writers = role == Publisher ? WriteAllAsync(host.Services.GetRequiredService<IWolverineRuntime>(), database, writing.Token) : Task.CompletedTask;
        var line = await Console.In.ReadLineAsync(cancellation);
        await writing.CancelAsync();
        await writers;
        if (line is not null)
            await Console.In.ReadLineAsync(cancellation);
        return 0;
    }

    private static Task WriteAllAsync(IWolverineRuntime runtime, NpgsqlDataSource database, CancellationToken ended)
    {
        var padding = EntryWritten.PaddingFor(Bytes);
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, CancellationToken.None)));

        async Task WriteAsync()
        {
            while (!ended.IsCancellationRequested)
            {
                await WolverineHost.WriteAsync(runtime, database, new(Guid.CreateVersion7(), padding), CancellationToken.None);
                await Task.Delay(s_pause, CancellationToken.None);
            }
        }
    }
}

/// <summary>The effect is a row; nothing but the inbox keeps a second one away. Public for the code that Wolverine generates.</summary>
public static class EffectHandler
{
    public static async Task HandleAsync(
        EntryWritten message, Envelope envelope, IWolverineRuntime runtime, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var insert = new NpgsqlCommand("INSERT INTO sweep_effects (entry) VALUES ($1)", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = message.Id } },
        };
        await insert.ExecuteNonQueryAsync(cancellation);
        await WolverineHost.MarkHandledAsync(runtime, envelope, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        envelope.Status = EnvelopeStatus.Handled;
    }
}
