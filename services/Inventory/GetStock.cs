using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Inventory;

/// <summary>How much of a product can still be ordered, and how much is reserved for orders.</summary>
/// <param name="ProductId">The product's number.</param>
/// <param name="Available">How many can be ordered.</param>
/// <param name="Reserved">How many are reserved for orders that are not delivered yet.</param>
public sealed record Stock(int ProductId, int Available, int Reserved);

internal static class GetStock
{
    /// <summary>The stock of one product</summary>
    /// <param name="productId" example="1">The product's number.</param>
    /// <param name="database"></param>
    /// <param name="cancellation"></param>
    /// <response code="200">Its stock at this moment.</response>
    /// <response code="404">`unknown-product`: there is no such product.</response>
    public static async Task<Results<Ok<Stock>, ProblemHttpResult>> HandleAsync(
        int productId, [FromKeyedServices(InventoryModule.Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT product_id, available, reserved FROM inventory.stock WHERE product_id = $1");
        command.Parameters.Add(new() { Value = productId });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? TypedResults.Ok(new Stock(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)))
            : Problems.Problem("unknown-product", StatusCodes.Status404NotFound, "No such product.", $"There is no stock of product {productId}.");
    }
}
