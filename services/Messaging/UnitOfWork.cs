using MsaAspire.Contracts;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// One transaction on a module's database: what a handler changes and the events that follow from it are committed together, or nothing is.
/// Messaging opens and commits it, and adds the inbox rows of the handled events.
/// </summary>
public sealed class UnitOfWork
{
    private readonly string _module;
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<OutboxMessage> _events = [];
    private readonly List<Action> _afterCommit = [];

    internal UnitOfWork(string module, NpgsqlConnection connection) => (_module, Connection) = (module, connection);

    /// <summary>In the transaction; for statements whose result is needed. Do not commit.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The event that is handled; its trace continues in what is published. Null where there is no such event.</summary>
    public ReceivedEvent? Cause { get; internal set; }

    internal IReadOnlyList<OutboxMessage> Events => _events;

    /// <summary>Adds a statement whose result is not needed. It runs at the end, in one round trip with the commit.</summary>
    /// <param name="sql">With the parameters $1, $2 and so on.</param>
    /// <param name="parameters">Their values; none of them null.</param>
    public void Add(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        _commands.Add(command);
    }

    /// <inheritdoc cref="Add(string, ReadOnlySpan{object})"/>
    public void Add(NpgsqlBatchCommand command) => _commands.Add(command);

    /// <summary>Publishes an event after the commit, at least once.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="data">Its data, of the type <paramref name="type"/> names.</param>
    /// <param name="traceParent">What caused it; by default <see cref="Cause"/>, or else the current span.</param>
    /// <exception cref="EventTooLargeException">It is larger than <see cref="OutboxMessage.MaxSize"/>.</exception>
    public void Publish(EventType type, object data, string? traceParent = null) =>
        _events.Add(OutboxMessage.Create(_module, type, data, traceParent ?? Cause?.TraceParent));

    /// <summary>Calls this after the commit, and not if it fails. What it does is lost when the process dies, so something else must find that.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Everything that is left and the commit, in one round trip.</summary>
    /// <param name="first">Executed before the statements of the handler.</param>
    /// <param name="cancellation">Cancels it.</param>
    internal async Task CommitAsync(NpgsqlBatchCommand? first, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(Connection);
        if (first is not null)
            batch.BatchCommands.Add(first);
        foreach (var command in _commands)
            batch.BatchCommands.Add(command);
        if (_events.Count > 0)
            batch.BatchCommands.Add(OutboxMessage.Insert(_module, _events));
        batch.BatchCommands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellation);
        _afterCommit.ForEach(action => action());
    }
}
