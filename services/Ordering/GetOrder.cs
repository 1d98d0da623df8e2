using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Ordering;

internal static class GetOrder
{
    private const string Columns = "id, customer, status, reason, reason_code, items, total, currency, created_at, history";

    /// <summary>One order with its history</summary>
    /// <param name="id">Its id, from the answer to the POST.</param>
    /// <param name="database"></param>
    /// <param name="cancellation"></param>
    /// <response code="200">The order as it is now.</response>
    /// <response code="404">`unknown-order`: there is no such order.</response>
    public static async Task<Results<Ok<Order>, ProblemHttpResult>> HandleAsync(
        Guid id, [FromKeyedServices(OrderingModule.Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT {Columns} FROM ordering.orders WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? TypedResults.Ok(Read(reader))
            : Problems.Problem("unknown-order", StatusCodes.Status404NotFound, "No such order.", $"There is no order {id}.");
    }

    /// <summary>The order that was accepted under a key, and whether its request was the same.</summary>
    public static async Task<ExistingOrder?> ByKeyAsync(NpgsqlDataSource database, string key, byte[] fingerprint, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT {Columns}, fingerprint = $2 FROM ordering.orders WHERE idempotency_key = $1");
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = fingerprint });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(Read(reader), reader.GetBoolean(10)) : null;
    }

    private static Order Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        JsonSerializer.Deserialize(reader.GetString(5), OrderingJson.Default.IReadOnlyListOrderItem)!,
        reader.GetDecimal(6),
        reader.GetString(7),
        reader.GetFieldValue<DateTimeOffset>(8),
        JsonSerializer.Deserialize(reader.GetString(9), OrderingJson.Default.IReadOnlyListStatusChange)!);
}

internal sealed record ExistingOrder(Order Order, bool Same);
