using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Deletes outbox rows that the broker has confirmed, a tenth of a second later and many at once, so that publishing does not wait for it and
/// single events do not cost a second transaction each. If the database or this process dies before, they are published
/// again, and the inbox of their consumer drops them; for the same reason these commits need not be flushed to disk.
/// </summary>
internal sealed class PublishedRows(string schema, NpgsqlDataSource database, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Guid> _rows = Channel.CreateBounded<Guid>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly string _delete = $"DELETE FROM {schema}.outbox WHERE id = ANY($1)";

    /// <summary>Waits while too many are to be deleted.</summary>
    public async ValueTask AddAsync(IEnumerable<OutboxRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
            await _rows.Writer.WriteAsync(row.Row, cancellation);
    }

    /// <summary>Marks the end: no more rows are added.</summary>
    public void Complete() => _rows.Writer.TryComplete();

    /// <summary>Deletes until <see cref="Complete"/> was called and all rows are deleted; throws when the database fails.</summary>
    public async Task DeleteAsync()
    {
        try
        {
            while (await _rows.Reader.WaitToReadAsync())
            {
                await Task.Delay(Pause);
                await DeleteNowAsync(Available());
            }
        }
        catch (Exception e)
        {
            // A caller that adds more must not wait for space that never becomes free.
            _rows.Writer.TryComplete(e);
            throw;
        }
    }

    private IEnumerable<Guid> Available()
    {
        while (_rows.Reader.TryRead(out var row))
            yield return row;
    }

    /// <summary>Deletes before it returns.</summary>
    public async Task DeleteNowAsync(IEnumerable<Guid> rows)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("SELECT set_config('synchronous_commit', 'off', true)"));
        var deleted = rows.ToArray();
        batch.BatchCommands.Add(new(_delete) { Parameters = { new() { Value = deleted } } });
        await batch.ExecuteNonQueryAsync();
        logger.Relayed(schema, deleted.Length);
    }
}
