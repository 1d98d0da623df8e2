using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.Data;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Reviews;

/// <summary>What customers think of products: a feature that the shop did not have, for the lab's experiment <c>new-feature</c>.</summary>
public static class ReviewsModule
{
    private const string Name = "reviews", Database = "reviewsdb";
    private const int LongestText = 1000, MostShown = 50;

    /// <summary>Adds the module and its database, the connection string <c>reviewsdb</c>.</summary>
    public static void AddReviews(this IHostApplicationBuilder builder) =>
        builder.AddDatabase(Database, Name, typeof(ReviewsModule).Assembly);

    /// <summary>Maps the module's part of the shop's API.</summary>
    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var reviews = routes.MapGroup("/api/products/{id:int}/reviews").WithGroupName(Name);
        reviews.MapGet("", ListAsync);
        reviews.MapPost("", WriteAsync);
    }

    private static async Task<List<Review>> ListAsync(
        int id, [FromKeyedServices(Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "SELECT stars, text FROM reviews.reviews WHERE product_id = $1 ORDER BY id DESC LIMIT $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = MostShown });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var reviews = new List<Review>();
        while (await reader.ReadAsync(cancellation))
            reviews.Add(new(reader.GetInt32(0), reader.GetString(1)));
        return reviews;
    }

    private static async Task<Results<Created<Review>, ProblemHttpResult>> WriteAsync(
        int id, Review review, [FromKeyedServices(Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (review.Stars is < 1 or > 5 || review.Text is not { Length: > 0 and <= LongestText })
        {
            return Problems.Invalid(new Dictionary<string, string[]>
            {
                ["review"] = [$"1 to 5 stars, and a text of 1 to {LongestText} characters"],
            });
        }

        await using var command = database.CreateCommand("INSERT INTO reviews.reviews (product_id, stars, text) VALUES ($1, $2, $3)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = review.Stars });
        command.Parameters.Add(new() { Value = review.Text });
        await command.ExecuteNonQueryAsync(cancellation);
        return TypedResults.Created($"/api/products/{id}/reviews", review);
    }
}

/// <summary>What a customer thinks of a product.</summary>
/// <param name="Stars">1 to 5.</param>
/// <param name="Text">In the customer's words.</param>
public sealed record Review(int Stars, string Text);
