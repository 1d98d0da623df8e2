using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Catalog;

internal static class GetProduct
{
    /// <summary>One product</summary>
    /// <param name="id" example="1">Its number.</param>
    /// <param name="database"></param>
    /// <param name="cancellation"></param>
    /// <response code="200">The product.</response>
    /// <response code="404">`unknown-product`: there is no such product.</response>
    public static async Task<Results<Ok<Product>, ProblemHttpResult>> HandleAsync(
        int id, [FromKeyedServices(CatalogModule.Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT id, name, description, price, currency FROM catalog.products WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? TypedResults.Ok(Read(reader))
            : Problems.Problem("unknown-product", StatusCodes.Status404NotFound, "No such product.", $"There is no product {id}.");
    }

    /// <summary>Reads the columns id, name, description, price, currency.</summary>
    public static Product Read(NpgsqlDataReader reader) =>
        new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetString(4));
}
