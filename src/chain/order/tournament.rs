//! The least of many changing keys.

use super::lists::narrow;

/// A tree of matches between numbered players: the least key wins, and at equal keys the lower number.
pub(super) struct Tournament {
    keys: Vec<u64>,
    /// `winners[1]` won it all; those of match `m` meet from matches `2 m` and `2 m + 1`, and the players are the leaves.
    winners: Vec<u32>,
    leaves: usize,
}

/// The key of a player who has left.
const RETIRED: u64 = u64::MAX;

impl Tournament {
    /// All players with their keys.
    pub(super) fn new(keys: impl Iterator<Item = u64>) -> Self {
        let mut keys: Vec<u64> = keys.collect();
        let leaves = keys.len().next_power_of_two();
        keys.resize(leaves, RETIRED);
        let mut tournament = Self {
            keys,
            winners: vec![0; 2 * leaves],
            leaves,
        };
        for player in 0..leaves {
            tournament.winners[leaves + player] = narrow(player);
        }
        for game in (1..leaves).rev() {
            tournament.play(game);
        }
        tournament
    }

    /// Who has the least key, if anybody is left.
    pub(super) fn winner(&self) -> Option<usize> {
        let player = self.winners[1] as usize;
        (self.keys[player] != RETIRED).then_some(player)
    }

    /// Changes a key.
    pub(super) fn set(&mut self, player: usize, key: u64) {
        if self.keys[player] == key {
            return;
        }
        self.keys[player] = key;
        let mut game = self.leaves + player;
        while game > 1 {
            game /= 2;
            self.play(game);
        }
    }

    /// Takes a player out.
    pub(super) fn retire(&mut self, player: usize) {
        self.set(player, RETIRED);
    }

    fn play(&mut self, game: usize) {
        let (left, right) = (self.winners[2 * game], self.winners[2 * game + 1]);
        let right_wins = self.keys[right as usize] < self.keys[left as usize];
        self.winners[game] = if right_wins { right } else { left };
    }
}
